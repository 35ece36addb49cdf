import type { Caches } from '../../platform/cache/port.ts';
import { memoryRateLimits } from '../../platform/rate-limit/memory.ts';
import type { RateLimits } from '../../platform/rate-limit/port.ts';
import type { Redis } from '../../platform/redis/port.ts';
import type { SessionStore } from '../../platform/session-store/port.ts';
import type { Logger, Metrics } from '../../platform/telemetry/port.ts';
import type { Engines } from '../engines/engines.ts';
import type { Settings } from '../settings.ts';
import { engineAddress } from '../topology/addresses.ts';
import { choicesOf } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';

/** What the processes of a shop have together beside its databases, and may lose. */
export interface SharedState {
  /** Absent where each process keeps its own. */
  readonly sessions?: SessionStore;
  readonly rateLimits: RateLimits;
  /** For copies of carts; absent where none are kept. */
  readonly cartCopies?: Caches;
  close(): Promise<void>;
}

export interface SharedStateOptions {
  readonly topology: Topology;
  readonly settings: Settings;
  readonly engines: Pick<Engines, 'clock' | 'random' | 'sessions'>;
  readonly metrics: Pick<Metrics, 'watch'>;
  readonly logger: Logger;
}

/**
 * Opens what a topology keeps in Redis, on one connection. Throws a SetupFault when it does not say where its Redis is, and what the
 * database says of the sessions in it, with nothing left open.
 */
export async function openSharedState(options: SharedStateOptions): Promise<SharedState> {
  const { topology, engines } = options;
  const { sessions, rateLimits, cartCopies } = choicesOf(topology);
  const local = memoryRateLimits(engines.clock);
  await using undo = new AsyncDisposableStack();
  const redis = [sessions, rateLimits, cartCopies].includes('redis') ? await openRedis(options) : undefined;
  undo.defer(() => redis?.close());
  const inPostgres = sessions === 'postgres' ? await engines.sessions?.() : undefined;
  const shared = {
    ...(inPostgres !== undefined && { sessions: inPostgres }),
    ...(redis !== undefined && sessions === 'redis' && { sessions: await sessionsIn(redis) }),
    ...(redis !== undefined && cartCopies === 'redis' && { cartCopies: await cachesIn(redis) }),
    rateLimits: redis !== undefined && rateLimits === 'redis' ? await limitsIn(redis, local, options) : local,
  };
  const closing = undo.move();
  return { ...shared, close: () => closing.disposeAsync() };
}

async function openRedis({ topology, settings, engines, metrics, logger }: SharedStateOptions): Promise<Redis> {
  const address = engineAddress(topology, 'redis', settings.engines ?? {}, process.env);
  const { connectRedis } = await import('../../platform/redis/connect.ts');
  const onChange = (isUp: boolean) => {
    if (isUp) logger.info({}, 'Redis is back');
    else logger.warn({}, 'Redis is away: what it holds is done without');
  };
  const redis = await connectRedis({ address, onChange }, engines.clock, engines.random);
  metrics.watch('jangteo_engine_up', () => [{ labels: { engine: 'redis' }, value: redis.isUp() ? 1 : 0 }]);
  return redis;
}

async function sessionsIn(redis: Redis): Promise<SessionStore> {
  return (await import('../../platform/session-store/redis.ts')).redisSessions(redis);
}

async function cachesIn(redis: Redis): Promise<Caches> {
  return (await import('../../platform/cache/redis.ts')).redisCaches(redis);
}

async function limitsIn(redis: Redis, local: RateLimits, { metrics }: SharedStateOptions): Promise<RateLimits> {
  const { redisRateLimits } = await import('../../platform/rate-limit/redis.ts');
  const alone = new Map<string, number>();
  metrics.watch('jangteo_rate_limits_local_total', () =>
    [...alone].map(([limit, value]) => ({ labels: { limit }, value })),
  );
  return redisRateLimits(redis, { local, onLocal: (limit) => alone.set(limit, (alone.get(limit) ?? 0) + 1) });
}
