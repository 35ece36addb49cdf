import { Redis as Client, Cluster } from 'ioredis';
import type { Random } from '../clock/port.ts';
import type { RedisAddress } from './address.ts';

const CONNECT_MS = 1_000;
/** A connection that is silent for so long while it owes an answer is given up; commands give up earlier, by themselves. */
const SILENT_MS = 5_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** How often a command follows a cluster that has just moved a key, and the pause before each: until its time is over. */
const MOST_REDIRECTIONS = 16;
const REDIRECTION_PAUSE_MS = 10;

/**
 * A client that keeps no command for later and sends none twice: what cannot be sent, or loses its connection, fails at once. It
 * connects again with growing pauses that vary by half. Of a cluster it asks again where a key went, so there a command whose node
 * was lost may be sent twice.
 */
export function clientFor(address: RedisAddress, random: Pick<Random, 'fraction'>): Client | Cluster {
  const retry = (times: number) =>
    Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(times, 10)) * (0.5 + random.fraction() / 2);
  const { kind, nodes, group, database, username, password } = address;
  const tls = address.tls ? {} : undefined;
  const connection = {
    db: database,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // A primary that has become a replica: find the new one.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
  };
  if (kind === 'cluster')
    return new Cluster([...nodes], {
      redisOptions: connection,
      clusterRetryStrategy: retry,
      enableOfflineQueue: false,
      maxRedirections: MOST_REDIRECTIONS,
      retryDelayOnMoved: REDIRECTION_PAUSE_MS,
      retryDelayOnFailover: REDIRECTION_PAUSE_MS,
      retryDelayOnClusterDown: REDIRECTION_PAUSE_MS,
      retryDelayOnTryAgain: REDIRECTION_PAUSE_MS,
      slotsRefreshTimeout: CONNECT_MS,
    });
  const alone = { ...connection, enableOfflineQueue: false, retryStrategy: retry };
  if (kind === 'single') return new Client({ ...alone, ...nodes[0] });
  return new Client({
    ...alone,
    sentinels: [...nodes],
    name: group,
    sentinelRetryStrategy: retry,
    sentinelCommandTimeout: CONNECT_MS,
    ...(tls === undefined ? {} : { sentinelTLS: tls, enableTLSForSentinelMode: true }),
  });
}
