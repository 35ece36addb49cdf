import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import { cacheConformance } from './conformance.ts';
import { memoryCaches } from './memory.ts';

cacheConformance('memory', async () => {
  const clock = virtualClock();
  return { replicas: [memoryCaches(clock)], pass: (ms) => clock.advance(ms), close: async () => {} };
});

test('keeps no more than its bytes: the least recently used goes first', async () => {
  const cache = memoryCaches({ now: () => 0 }, { mostBytes: 3_500 })({ name: 'a' });
  for (const key of ['a', 'b', 'c']) await cache.set(key, new Uint8Array(1_000), 1_000);
  await cache.get('a');
  await cache.set('d', new Uint8Array(1_000), 1_000);
  const kept = await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => (await cache.get(key)) !== undefined));
  assert.deepEqual(kept, [true, false, true, true]);
});
