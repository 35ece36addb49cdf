import { setTimeout } from 'node:timers/promises';
import { redisVariants } from '../redis/redis-harness.ts';
import { cacheConformance } from './conformance.ts';
import { redisCaches } from './redis.ts';

for (const { name, connect } of redisVariants())
  cacheConformance(name, async () => {
    const [one, other] = await Promise.all([connect(), connect()]);
    return {
      replicas: [redisCaches(one), redisCaches(other)],
      pass: (ms) => setTimeout(ms),
      close: async () => void (await Promise.all([one.close(), other.close()])),
    };
  });
