import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type OwnEngine, ownEngine } from '../../../test/engines/own-engine.ts';
import { systemClock, systemRandom } from '../clock/system.ts';
import { memoryRateLimits } from '../rate-limit/memory.ts';
import { redisRateLimits } from '../rate-limit/redis.ts';
import { connectRedis } from './connect.ts';
import { type Redis, RedisUnavailable } from './port.ts';

const BACK_WITHIN_MS = 30_000;

/** Asks one after the other, and tells the reasons of those that failed. */
async function reasonsOf(asks: number, ask: () => Promise<unknown>): Promise<string[]> {
  const reasons: string[] = [];
  for (let asked = 0; asked < asks; asked++)
    await ask().catch((error: unknown) => {
      assert.ok(error instanceof RedisUnavailable, String(error));
      reasons.push(error.message);
    });
  return reasons;
}

async function untilAnswers(redis: Redis): Promise<number> {
  const from = performance.now();
  while (
    !(await redis.send('GET', 'a').then(
      () => true,
      () => false,
    ))
  ) {
    assert.ok(performance.now() - from < BACK_WITHIN_MS, 'Redis is not back');
    await setTimeout(20);
  }
  return performance.now() - from;
}

describe('a Redis that is away', () => {
  let engine: OwnEngine;
  let redis: Redis;
  const changes: boolean[] = [];
  before(async () => {
    engine = await ownEngine('redis');
    redis = await connectRedis(
      { address: engine.url, commandTimeoutMs: 500, onChange: (isUp) => changes.push(isUp) },
      systemClock,
      systemRandom,
    );
    await redis.send('SET', 'a', 'kept');
  });
  after(async () => {
    await redis?.close();
    await engine?.remove();
  });

  it('hangs: five commands wait for their time, the others none, but for one that tries now and then', async () => {
    engine.pause();
    const from = performance.now();
    const reasons = await reasonsOf(2_000, () => redis.send('GET', 'a'));
    const tookMs = performance.now() - from;
    engine.resume();
    assert.equal(reasons.length, 2_000);
    const waited = reasons.filter((reason) => reason.includes('did not answer')).length;
    assert.ok(waited >= 5 && waited <= 8, `${waited} waited, ${Math.round(tookMs)} ms in all`);
    assert.equal(redis.isUp(), false);
    await untilAnswers(redis);
    assert.deepEqual(changes, [false, true]);
  });

  it('is killed: nothing waits; comes back with what it had, and nothing is sent late', async () => {
    await engine.kill();
    const reasons = await reasonsOf(2_000, () => redis.send('SET', 'late', 'x'));
    assert.equal(reasons.length, 2_000);
    assert.deepEqual(
      reasons.filter((reason) => reason.includes('did not answer')),
      [],
    );
    await engine.revive();
    await untilAnswers(redis);
    assert.equal(String(await redis.send('GET', 'a')), 'kept');
    assert.equal(await redis.send('GET', 'late'), null);
  });

  it('leaves limits to each process, by the same rate, and takes them up again', async () => {
    let locally = 0;
    const limits = redisRateLimits(redis, { local: memoryRateLimits(systemClock), onLocal: () => locally++ });
    const limiter = limits({ name: 'outage', count: 10, perMs: 3_600_000 });
    const allowedOf = async (asks: number) => {
      let allowed = 0;
      for (let asked = 0; asked < asks; asked++) if ((await limiter.take('a')).allowed) allowed++;
      return allowed;
    };
    assert.deepEqual([await allowedOf(4), locally], [4, 0]);
    await engine.kill();
    assert.deepEqual([await allowedOf(50), locally], [10, 50]);
    await engine.revive();
    await untilAnswers(redis);
    assert.deepEqual([await allowedOf(50), locally], [6, 50]);
  });

  it('holds no more than it may: what is beyond is refused at once', async () => {
    const small = await connectRedis({ address: engine.url, mostUnderWay: 50 }, systemClock, systemRandom);
    const asked = await Promise.allSettled(Array.from({ length: 80 }, () => small.send('GET', 'a')));
    assert.equal(asked.filter(({ status }) => status === 'rejected').length, 30);
    await small.close();
  });

  it('is not there when a process starts: it starts, and finds it later', async () => {
    await engine.kill();
    const early = await connectRedis({ address: engine.url }, systemClock, systemRandom);
    await assert.rejects(early.send('GET', 'a'), RedisUnavailable);
    await engine.revive();
    await untilAnswers(early);
    await early.close();
  });
});
