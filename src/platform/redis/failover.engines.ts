import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type OwnEngine, ownEngine } from '../../../test/engines/own-engine.ts';
import { systemClock, systemRandom } from '../clock/system.ts';
import { redisRateLimits } from '../rate-limit/redis.ts';
import { connectRedis } from './connect.ts';
import type { Redis } from './port.ts';

/**
 * `kill -9` of a primary under load. A replica takes over; what the primary had acknowledged and not yet passed on is lost, for
 * replication is asynchronous: told, and bounded by what was written in the last moments.
 */
const WRITERS = 20;
const BEFORE_MS = 1_000;
const BACK_WITHIN_MS = 30_000;
const BURST = 50;

const variants = {
  'redis with sentinels': { open: () => ownEngine('redis-sentinel'), victim: 'server-1' },
  'redis cluster': { open: () => ownEngine('redis-cluster'), victim: 'node-1' },
} as const;

for (const [name, { open, victim }] of Object.entries(variants))
  describe(`failover: ${name}`, () => {
    it('goes on with the replica; says what was lost; a limit is exceeded by one burst at most', async (test) => {
      const engine = await open();
      try {
        await failover(test, engine, victim);
      } finally {
        await engine.remove();
      }
    });
  });

async function failover(test: TestContext, engine: OwnEngine, victim: string): Promise<void> {
  const redis = await connectRedis({ address: engine.url }, systemClock, systemRandom);
  const load = startLoad(redis);
  const limits = limitsUnderTest(redis);
  try {
    const taking = limits.takeUntil(load.isOver);
    await setTimeout(BEFORE_MS);
    const killedAt = performance.now();
    await engine.kill(victim);
    const awayMs = await load.untilWhole(killedAt);
    await load.stop();
    await taking;

    const lost: typeof load.acknowledged = [];
    for (const each of load.acknowledged) if ((await redis.send('GET', each.key)) === null) lost.push(each);
    const allowed = await limits.allowedInAll();
    test.diagnostic(
      `away for ${Math.round(awayMs)} ms; of ${load.acknowledged.length} acknowledged writes ${lost.length} were lost; ` +
        `a limit of ${BURST} let ${Math.min(...allowed)} to ${Math.max(...allowed)} through`,
    );
    const tooOld = lost.filter(({ at }) => at < killedAt - BEFORE_MS / 2);
    assert.deepEqual(tooOld, [], 'only what was written in the last moments may be lost');
    assert.ok(Math.max(...allowed) <= 2 * BURST);
    // A take whose answer was lost counts, and was not allowed: a little less may come through, never much.
    assert.ok(Math.min(...allowed) >= BURST - WRITERS);
  } finally {
    await load.stop();
    await redis.close();
  }
}

/** Takes from limits on all nodes, one after the other; without Redis nothing is allowed. */
function limitsUnderTest(redis: Redis) {
  const local = () => ({ take: async () => ({ allowed: false, remaining: 0, retryAfterMs: 1 }) });
  const limiter = redisRateLimits(redis, { local })({ name: 'failover', count: BURST, perMs: 3_600_000 });
  const keys = Array.from({ length: 12 }, (_, index) => `key-${index}`);
  const allowed = new Map(keys.map((key) => [key, 0]));
  const take = async (key: string) => {
    if ((await limiter.take(key)).allowed) allowed.set(key, (allowed.get(key) ?? 0) + 1);
  };
  return {
    async takeUntil(isOver: () => boolean): Promise<void> {
      while (!isOver()) {
        for (const key of keys) await take(key);
        // A refusal while Redis is away takes no time at all: without a pause nothing else would be heard of.
        await setTimeout(50);
      }
    },
    /** Takes what is left, and tells how much each key got. */
    async allowedInAll(): Promise<readonly number[]> {
      for (let asked = 0; asked < 2 * BURST; asked++) await Promise.all(keys.map(take));
      return [...allowed.values()];
    },
  };
}

/** Writers that write a new key each time, over all nodes. */
function startLoad(redis: Redis) {
  const acknowledged: { readonly key: string; readonly at: number }[] = [];
  const failedAt: number[] = [];
  let over = false;
  let written = 0;
  const write = async () => {
    while (!over) {
      const key = `write-${written++}`;
      try {
        await redis.send('SET', key, 'x');
        acknowledged.push({ key, at: performance.now() });
      } catch {
        failedAt.push(performance.now());
      }
      await setTimeout(2);
    }
  };
  const writers = Array.from({ length: WRITERS }, write);
  return {
    acknowledged,
    isOver: () => over,
    /** Resolves when nothing has failed for a second, with how long it was until then. */
    async untilWhole(from: number): Promise<number> {
      for (;;) {
        await setTimeout(100);
        const last = failedAt.at(-1) ?? 0;
        if (last > from && performance.now() - last > 1_000) return last - from;
        assert.ok(performance.now() - from < BACK_WITHIN_MS, 'it is not whole again');
      }
    },
    async stop() {
      over = true;
      await Promise.all(writers);
    },
  };
}
