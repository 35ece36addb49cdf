import { systemClock, systemRandom } from '../clock/system.ts';
import { connectRedis, type RedisConnectionOptions } from './connect.ts';
import type { Redis } from './port.ts';

export interface RedisVariant {
  readonly name: string;
  /** A connection of its own; the test closes it. */
  connect(options?: Partial<RedisConnectionOptions>): Promise<Redis>;
}

const VARIANTS = {
  JANGTEO_TEST_REDIS: 'redis',
  JANGTEO_TEST_REDIS_SENTINEL: 'redis with sentinels',
  JANGTEO_TEST_REDIS_CLUSTER: 'redis cluster',
};

/** The Redis servers that tests are given, alone, with sentinels and as a cluster. Throws a plain sentence when one is missing. */
export function redisVariants(): readonly RedisVariant[] {
  return Object.entries(VARIANTS).map(([variable, name]) => {
    const address = process.env[variable];
    if (address === undefined) throw new Error(`${variable} is not set: run it through npm run test:engines`);
    return {
      name,
      // Patient: the machine of a test run may be busy, and none of these tests is about a Redis that is away.
      connect: (options) => connectRedis({ address, commandTimeoutMs: 5_000, ...options }, systemClock, systemRandom),
    };
  });
}
