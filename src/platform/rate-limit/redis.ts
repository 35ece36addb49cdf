import { type Redis, RedisUnavailable, redisScript } from '../redis/port.ts';
import { cellsOf, checkCost, decisionOf } from './gcra.ts';
import type { RateLimits } from './port.ts';

/**
 * `takeCells` as one step of Redis, by Redis' own clock: replicas whose clocks differ count alike, and no two of them can take the
 * same unit. A key is gone as soon as it would say nothing. Numbers are written in full: Lua's `tostring` would round them.
 */
const TAKE = redisScript(`
local intervalUs, burstUs, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local nowUs = tonumber(time[1]) * 1000000 + tonumber(time[2])
local from = math.max(tonumber(redis.call('GET', KEYS[1]) or nowUs), nowUs)
local nextUs = from + cost * intervalUs
local tooEarlyUs = nextUs - burstUs - nowUs
if tooEarlyUs > 0 then return {from - nowUs, tooEarlyUs} end
redis.call('SET', KEYS[1], string.format('%.0f', nextUs), 'PX', math.ceil((nextUs - nowUs) / 1000))
return {nextUs - nowUs, 0}
`);

export interface RedisRateLimitOptions {
  /** Who decides while Redis is away: limits of the same rates, in memory. */
  readonly local: RateLimits;
  /** Told of each decision that was made without Redis. */
  readonly onLocal?: (limit: string, cause: RedisUnavailable) => void;
}

/**
 * Limits that all processes on one Redis count together, exactly. While Redis is away each process counts for itself by the same
 * rate (fails open: of n processes somebody may then take n times as much, and nothing else stops); Redis forgets nothing that
 * matters meanwhile. A failover to a replica may lose what was taken in the last moments: at most one more burst for a key.
 */
export function redisRateLimits(redis: Pick<Redis, 'run'>, { local, onLocal }: RedisRateLimitOptions): RateLimits {
  return (limit) => {
    const cells = cellsOf(limit);
    const fallback = local(limit);
    return {
      async take(key, cost = 1) {
        checkCost(cost, cells);
        try {
          const reply = await redis.run(TAKE, `rate:${limit.name}:${key}`, cells.intervalUs, cells.burstUs, cost);
          const [aheadUs, tooEarlyUs] = reply as readonly [number, number];
          return decisionOf(cells, aheadUs, tooEarlyUs);
        } catch (error) {
          if (!(error instanceof RedisUnavailable)) throw error;
          onLocal?.(limit.name, error);
          return fallback.take(key, cost);
        }
      },
    };
  };
}
