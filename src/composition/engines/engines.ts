import type { Collection } from '../../kernel/view.ts';
import type { Clock, Random } from '../../platform/clock/port.ts';
import type { SessionStore } from '../../platform/session-store/port.ts';
import type { OutboxFeed, Positions, Storage } from '../../platform/storage/port.ts';

/** What a service keeps and tells, as an engine has to know it. */
export interface StorageNeed {
  readonly service: string;
  readonly collections: readonly Collection[];
  /** The event types that others may hear; absent for what has no feed at all. */
  readonly published?: readonly string[];
}

/** Which log a database holds, and how far it has come. */
export interface LogSight {
  readonly epoch: string;
  readonly positions: Positions;
}

/** What services run on: the same composition stands on memory in a simulation and on PostgreSQL in a shop. */
export interface Engines {
  readonly clock: Clock;
  readonly random: Random;
  /** Idle streams that each service keeps in memory, and keys. A cache takes its room at once: a simulation wants small ones. */
  readonly cacheEntries?: number;
  /** The service's own database. */
  storageFor(need: StorageNeed): Promise<Storage>;
  /** What the service has published, as the bus reads it. Called after `storageFor` with the same need. */
  feedOf(need: StorageNeed): Promise<OutboxFeed>;
  /** Where a service's log stands, without opening it; absent where it ends with the process. */
  sightOf?(service: string): Promise<LogSight>;
  /** Sessions of people that all processes of the shop know of; absent where a single process keeps its own. */
  sessions?(): Promise<SessionStore>;
  /** Lets go of connections; all storages and feeds are closed by then. */
  close(): Promise<void>;
}
