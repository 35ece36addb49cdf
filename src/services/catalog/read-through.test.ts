import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readThrough } from './read-through.ts';

test('values are read once, together, and absence is not kept', async () => {
  const asked: (readonly string[])[] = [];
  const cache = readThrough(10, async (keys) => {
    asked.push(keys);
    return new Map(keys.filter((key) => key !== 'none').map((key) => [key, { key }]));
  });
  assert.deepEqual([...(await cache.get(['a', 'b', 'a', 'none'])).keys()], ['a', 'b']);
  assert.deepEqual([...(await cache.get(['b', 'none', 'c'])).keys()], ['b', 'c']);
  assert.deepEqual(asked, [
    ['a', 'b', 'none'],
    ['none', 'c'],
  ]);
  assert.deepEqual(cache.peek('a'), { key: 'a' });
});

test('what is dropped while it is being read is not kept', async () => {
  let answer: (value: ReadonlyMap<string, { version: number }>) => void = () => undefined;
  const cache = readThrough<{ version: number }>(10, () => new Promise((resolve) => (answer = resolve)));
  const reading = cache.get(['a', 'b']);
  cache.drop('a');
  answer(
    new Map([
      ['a', { version: 1 }],
      ['b', { version: 1 }],
    ]),
  );
  await reading;
  assert.equal(cache.peek('a'), undefined);
  assert.deepEqual(cache.peek('b'), { version: 1 });
});
