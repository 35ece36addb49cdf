import type { SessionStore } from '../platform/session-store/port.ts';
import type { Engines } from './engines/engines.ts';
import type { Settings } from './settings.ts';
import { engineAddress } from './topology/addresses.ts';
import { choicesOf } from './topology/processes.ts';
import type { Topology } from './topology.ts';

export interface KeptSessions {
  /** Absent where each process keeps its own. */
  readonly store?: SessionStore;
  close(): Promise<void>;
}

/** Where a topology keeps people's sessions. Throws a SetupFault when it does not say where its Redis is. */
export async function openSessions(topology: Topology, settings: Settings, engines: Engines): Promise<KeptSessions> {
  const { sessions } = choicesOf(topology);
  const nothing = async () => undefined;
  if (sessions === 'postgres' && engines.sessions !== undefined)
    return { store: await engines.sessions(), close: nothing };
  if (sessions !== 'redis') return { close: nothing };
  const address = engineAddress(topology, 'redis', settings.engines ?? {}, process.env);
  const { connectRedis } = await import('../platform/redis/connect.ts');
  const { redisSessions } = await import('../platform/session-store/redis.ts');
  const redis = await connectRedis({ address }, engines.clock, engines.random);
  return { store: redisSessions(redis), close: () => redis.close() };
}
