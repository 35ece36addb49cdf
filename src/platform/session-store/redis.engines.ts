import { setTimeout } from 'node:timers/promises';
import { redisVariants } from '../redis/redis-harness.ts';
import { sessionStoreConformance } from './conformance.ts';
import { redisSessions } from './redis.ts';

for (const { name, connect } of redisVariants())
  sessionStoreConformance(name, async () => {
    const [one, other] = await Promise.all([connect(), connect()]);
    return {
      replicas: [redisSessions(one), redisSessions(other)],
      pass: (ms) => setTimeout(ms),
      close: async () => void (await Promise.all([one.close(), other.close()])),
    };
  });
