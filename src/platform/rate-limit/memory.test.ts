import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { virtualClock } from '../clock/virtual.ts';
import { RedisUnavailable } from '../redis/port.ts';
import { rateLimitConformance } from './conformance.ts';
import { memoryRateLimits } from './memory.ts';
import { redisRateLimits } from './redis.ts';

rateLimitConformance('memory', async () => {
  const clock = virtualClock();
  return { replicas: [memoryRateLimits(clock)], pass: (ms) => clock.advance(ms), close: async () => {} };
});

test('in no stretch of time is more allowed than its rate and one burst', async () => {
  const steps = fc.array(fc.record({ pauseMs: fc.nat({ max: 300 }), cost: fc.integer({ min: 1, max: 4 }) }), {
    maxLength: 60,
  });
  const limits = fc.record({
    count: fc.integer({ min: 4, max: 7 }),
    perMs: fc.integer({ min: 50, max: 900 }),
    burst: fc.integer({ min: 4, max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(limits, steps, async ({ count, perMs, burst }, asked) => {
      let now = 1_800_000_000_000;
      const limiter = memoryRateLimits({ now: () => now })({ name: 'a', count, perMs, burst });
      const taken: { readonly at: number; readonly cost: number }[] = [];
      for (const { pauseMs, cost } of asked) {
        now += pauseMs;
        if ((await limiter.take('a', cost)).allowed) taken.push({ at: now, cost });
      }
      taken.forEach(({ at: from }, first) => {
        let total = 0;
        for (const { at, cost } of taken.slice(first)) {
          total += cost;
          // An interval is rounded to a microsecond.
          assert.ok(total <= burst + ((at - from) * count) / perMs + 0.01, `${total} in ${at - from} ms`);
        }
      });
    }),
  );
});

test('whoever was asked for last is remembered', async () => {
  const limiter = memoryRateLimits({ now: () => 0 }, { mostKeys: 2 })({ name: 'a', count: 1, perMs: 1_000 });
  for (const key of ['a', 'b', 'c']) await limiter.take(key);
  assert.equal((await limiter.take('c')).allowed, false);
  assert.equal((await limiter.take('a')).allowed, true);
});

test('without Redis each process counts for itself by the same rate, and says so', async () => {
  const told: string[] = [];
  const run = () => Promise.reject(new RedisUnavailable('gone'));
  const local = memoryRateLimits({ now: () => 0 });
  const limits = redisRateLimits(
    { run },
    { local, onLocal: (limit, cause) => told.push(`${limit}: ${cause.message}`) },
  );
  const limiter = limits({ name: 'carts.open', count: 2, perMs: 1_000 });
  const allowed = [await limiter.take('a'), await limiter.take('a'), await limiter.take('a')];
  assert.deepEqual(
    allowed.map((each) => each.allowed),
    [true, true, false],
  );
  assert.deepEqual(told, Array(3).fill('carts.open: gone'));
});

test('a mistake of ours is not taken for a Redis that is away', async () => {
  const run = () => Promise.reject(new Error('WRONGTYPE'));
  const limiter = redisRateLimits(
    { run },
    { local: memoryRateLimits({ now: () => 0 }) },
  )({
    name: 'a',
    count: 1,
    perMs: 1,
  });
  await assert.rejects(limiter.take('a'), /WRONGTYPE/);
});
