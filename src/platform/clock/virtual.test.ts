import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sleep } from './port.ts';
import { virtualClock } from './virtual.ts';

test('timers fire in order of their time, then of their making, with what they set off in between', async () => {
  const clock = virtualClock(0);
  const fired: string[] = [];
  clock.after(20, () => fired.push(`c@${clock.now()}`));
  clock.after(10, () => {
    fired.push(`a@${clock.now()}`);
    clock.after(5, () => fired.push(`nested@${clock.now()}`));
  });
  clock.after(10, () => fired.push(`b@${clock.now()}`));
  await clock.advance(15);
  assert.deepEqual(fired, ['a@10', 'b@10', 'nested@15']);
  await clock.advance(5);
  assert.deepEqual(fired.at(-1), 'c@20');
  assert.equal(clock.now(), 20);
});

test('a cancelled timer does not fire, an aborted sleep ends at once', async () => {
  const clock = virtualClock(0);
  let fired = false;
  clock.after(10, () => {
    fired = true;
  })();
  await clock.advance(20);
  assert.equal(fired, false);
  const abort = new AbortController();
  const asleep = sleep(clock, 1_000, abort.signal);
  abort.abort();
  await asleep;
  assert.equal(clock.pending(), 0);
});

test('runUntil jumps to what is awaited, and says when nothing will come', async () => {
  const clock = virtualClock(0);
  await clock.runUntil(sleep(clock, 60_000));
  assert.equal(clock.now(), 60_000);
  await assert.rejects(clock.runUntil(new Promise(() => {})), /nothing is left/);
});
