import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAtATime } from './one-at-a-time.ts';

test('of many wishes while one is fulfilled, one more is', async () => {
  let runs = 0;
  let under = 0;
  const wish = oneAtATime(async () => {
    runs++;
    assert.equal(++under, 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    under--;
  });
  const first = wish();
  await Promise.resolve();
  await Promise.all([first, wish(), wish(), wish()]);
  assert.ok(runs <= 2, `${runs} runs`);
  await wish();
  assert.ok(runs >= 2);
});

test('a failure is told to those who wished, and the next wish is fulfilled', async () => {
  let fails = true;
  const wish = oneAtATime(async () => {
    if (fails) throw new Error('refused');
  });
  await assert.rejects(wish(), /refused/);
  fails = false;
  await wish();
});
