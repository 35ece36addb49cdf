import { setTimeout } from 'node:timers/promises';
import { redisVariants } from '../redis/redis-harness.ts';
import { rateLimitConformance } from './conformance.ts';
import { memoryRateLimits } from './memory.ts';
import { redisRateLimits } from './redis.ts';

const REPLICAS = 3;

for (const { name, connect } of redisVariants())
  rateLimitConformance(name, async () => {
    const connections = await Promise.all(Array.from({ length: REPLICAS }, () => connect()));
    // Whoever decided without Redis would let each replica take the whole limit: it must not happen here.
    const local = memoryRateLimits({ now: () => 0 });
    const onLocal = (_limit: string, cause: Error) => {
      throw cause;
    };
    return {
      replicas: connections.map((redis) => redisRateLimits(redis, { local, onLocal })),
      pass: (ms) => setTimeout(ms + 2),
      close: async () => void (await Promise.all(connections.map((redis) => redis.close()))),
    };
  });
