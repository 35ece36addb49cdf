import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RateLimits } from './port.ts';

export interface RateLimitsUnderTest {
  /** The same limits as several processes have them. At least one. */
  readonly replicas: readonly RateLimits[];
  /** Lets time go by. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

let limits = 0;
/** A name of its own for each test, so that a Redis that many share need not be emptied. */
const fresh = () => `test.${process.pid}.${Date.now()}.${limits++}`;

/** The suite that every adapter passes; one that counts for many processes is given them as replicas. */
export function rateLimitConformance(name: string, open: () => Promise<RateLimitsUnderTest>): void {
  const check = (title: string, body: (test: RateLimitsUnderTest & { readonly limits: RateLimits }) => Promise<void>) =>
    it(title, async () => {
      const test = await open();
      try {
        const [limits] = test.replicas;
        assert.ok(limits !== undefined);
        await body({ ...test, limits });
      } finally {
        await test.close();
      }
    });

  describe(`rate limit: ${name}`, () => {
    check('lets a burst through, then says when to come again, and keeps that word', async ({ limits, pass }) => {
      const limiter = limits({ name: fresh(), count: 3, perMs: 6_000 });
      const first = [await limiter.take('a'), await limiter.take('a'), await limiter.take('a')];
      assert.deepEqual(
        first.map(({ allowed, retryAfterMs }) => [allowed, retryAfterMs]),
        Array(3).fill([true, 0]),
      );
      const refused = await limiter.take('a');
      assert.deepEqual([refused.allowed, refused.remaining], [false, 0]);
      assert.ok(refused.retryAfterMs > 0 && refused.retryAfterMs <= 2_000, `${refused.retryAfterMs} ms`);
      await pass(refused.retryAfterMs);
      assert.equal((await limiter.take('a')).allowed, true);
      assert.equal((await limiter.take('a')).allowed, false);
    });

    check('is full again after its time, and no fuller', async ({ limits, pass }) => {
      const limiter = limits({ name: fresh(), count: 2, perMs: 3_000 });
      for (const round of [1, 2]) {
        const allowed = await Promise.all([1, 2, 3, 4].map(() => limiter.take('a')));
        assert.equal(allowed.filter((each) => each.allowed).length, 2, `round ${round}`);
        await pass(3_500);
      }
    });

    check('counts each key, and each limit, for itself', async ({ limits }) => {
      const [one, other] = [fresh(), fresh()].map((each) => limits({ name: each, count: 1, perMs: 3_600_000 }));
      assert.equal((await one?.take('a'))?.allowed, true);
      assert.equal((await one?.take('a'))?.allowed, false);
      assert.equal((await one?.take('b'))?.allowed, true);
      assert.equal((await other?.take('a'))?.allowed, true);
    });

    check('takes a cost whole or not at all', async ({ limits }) => {
      const limiter = limits({ name: fresh(), count: 10, perMs: 3_600_000 });
      assert.deepEqual(await limiter.take('a', 7), { allowed: true, remaining: 3, retryAfterMs: 0 });
      const refused = await limiter.take('a', 4);
      assert.deepEqual([refused.allowed, refused.remaining], [false, 3]);
      assert.ok(refused.retryAfterMs > 350_000 && refused.retryAfterMs <= 360_000, `${refused.retryAfterMs} ms`);
      assert.deepEqual(await limiter.take('a', 3), { allowed: true, remaining: 0, retryAfterMs: 0 });
    });

    check('has a burst apart from its rate', async ({ limits }) => {
      const limiter = limits({ name: fresh(), count: 1, perMs: 3_600_000, burst: 5 });
      const taken = await Promise.all(Array.from({ length: 9 }, () => limiter.take('a')));
      assert.equal(taken.filter(({ allowed }) => allowed).length, 5);
    });

    check('gives many who ask at once, on all replicas, exactly the limit', async ({ replicas }) => {
      const limit = { name: fresh(), count: 100, perMs: 3_600_000 };
      const limiters = replicas.map((limits) => limits(limit));
      const asked = limiters.flatMap((limiter) => Array.from({ length: 400 }, () => limiter.take('a')));
      const taken = (await Promise.all(asked)).filter(({ allowed }) => allowed);
      assert.equal(taken.length, 100);
      assert.deepEqual(
        taken.map(({ remaining }) => remaining).sort((a, b) => a - b),
        Array.from({ length: 100 }, (_, index) => index),
      );
    });

    check('takes any text as a key', async ({ limits }) => {
      const limiter = limits({ name: fresh(), count: 1, perMs: 3_600_000 });
      for (const key of ['', '::1', '{a}', '한국', 'a\r\nb', 'x'.repeat(1_000)])
        assert.deepEqual([(await limiter.take(key)).allowed, (await limiter.take(key)).allowed], [true, false], key);
    });

    check('refuses what is no limit and no cost', async ({ limits }) => {
      const limit = { name: fresh(), count: 2, perMs: 1_000 };
      for (const wrong of [{ count: 0 }, { count: 1.5 }, { perMs: 0 }, { burst: 0 }, { name: 'a b' }, { perMs: 1e15 }])
        assert.throws(() => limits({ ...limit, ...wrong }), RangeError, JSON.stringify(wrong));
      const limiter = limits(limit);
      for (const cost of [0, -1, 1.5, 3, Number.NaN]) await assert.rejects(limiter.take('a', cost), RangeError);
      assert.deepEqual((await limiter.take('a', 2)).allowed, true);
    });
  });
}
