import type { DomainEvent } from '../../kernel/decider.ts';
import type { Clock, Random } from '../clock/port.ts';
import type { Positions, Storage, StoredEvent } from '../storage/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { type Aggregate, type AnyAggregate, streamOf } from './aggregate.ts';
import { aggregateCache } from './aggregate-cache.ts';
import { committedReader } from './committed-reader.ts';
import { type EventStoreLimits, type GroupCommit, groupCommit } from './group-commit.ts';
import { openOwnership } from './ownership.ts';
import { type EventStore, RefusedFault, UnavailableFault, type Work } from './port.ts';
import { upcast } from './upcast.ts';
import { readWrittenTypes } from './written.ts';

export { eventStoreCollections } from './snapshots.ts';

export interface EventStoreOptions {
  readonly storage: Storage;
  /** Every aggregate whose streams are kept here. */
  readonly aggregates: readonly AnyAggregate[];
  readonly clock: Clock;
  readonly random: Random;
  /** Names this process; no other living process may bear the name. Who comes back under its name need not wait for its lease. */
  readonly owner: string;
  /** How long a dead process keeps its partitions. Default 10,000. */
  readonly leaseMs?: number;
  /** How many streams of each aggregate stay in memory while nobody uses them. Default: what the aggregate says. */
  readonly cacheEntries?: number;
  readonly logger: Logger;
  readonly limits?: Partial<EventStoreLimits>;
  /** Ends the waiting for partitions that another process owns. */
  readonly signal?: AbortSignal;
  /** A partition was taken over by another process; the store goes on with the others, and with this one when it gets it back. */
  readonly onLost?: () => void;
  /** Told after each group: how many works shared the commit, and how long it took. */
  readonly groupCommitted?: (works: number, seconds: number) => void;
}

const LIMITS: EventStoreLimits = {
  groupWorks: 1_000,
  groupEvents: 5_000,
  queuedWorks: 20_000,
  attempts: 10,
  unknownFateMs: 5_000,
};

type Listener = (events: readonly StoredEvent[], heads: Positions) => void;

/** An event store, and by which lease it was opened. */
export interface OpenedEventStore extends EventStore {
  /** The fence of its first partition: grows whenever the log changes hands. */
  readonly term: number;
}

/**
 * Opens a service's event store. Waits while another process owns the partitions. Throws when the storage is out of reach, an
 * UnavailableFault when `signal` aborts the waiting, and a NewerLogFault where a newer release has written what `aggregates` cannot read.
 */
export async function openEventStore(options: EventStoreOptions): Promise<OpenedEventStore> {
  const { storage, logger } = options;
  const listeners = new Set<Listener>();
  const cache = aggregateCache(storage.log.partitions, options.cacheEntries);
  let engine: GroupCommit | undefined;
  // Before the lease is asked for, so that who cannot read the log takes it from nobody.
  await readWrittenTypes(storage, options.aggregates);
  const ownership = await openOwnership({
    ...options,
    leaseMs: options.leaseMs ?? 10_000,
    onLost: (partition) => {
      engine?.partitionLost(partition);
      options.onLost?.();
    },
    onGained: () => engine?.partitionsGained(),
  });
  // And again now that nobody else writes any more.
  const written = await readWrittenTypes(storage, options.aggregates).catch(async (fault: unknown) => {
    await ownership.close();
    throw fault;
  });
  const writing = groupCommit({
    ...options,
    written,
    limits: { ...LIMITS, ...options.limits },
    cache,
    ownership,
    heads: await storage.heads(),
    onCommitted(events, heads) {
      for (const listener of listeners) {
        try {
          listener(events, heads);
        } catch (error) {
          logger.error({ err: error }, 'a listener to commits has thrown');
        }
      }
    },
  });
  engine = writing;
  const read = committedReader({ storage, cache, ownership, writing });
  const schemas = new Map(options.aggregates.map((aggregate) => [aggregate.name, aggregate.events]));

  return {
    term: ownership.fences([0])[0]?.fence ?? 0,
    decide: (work) => (isStorable(work) ? writing.submit(work) : Promise.reject(unstorable())),
    load<State, Command, Event extends DomainEvent, Code extends string>(
      aggregate: Aggregate<State, Command, Event, Code>,
      id: string,
    ) {
      if (!isText(id)) return Promise.reject(unstorable());
      return read(aggregate, id) as Promise<{ readonly state: State; readonly version: number }>;
    },
    async history(aggregate, id, afterVersion = 0) {
      const events = schemas.get(aggregate.name);
      if (events === undefined) throw new Error(`no aggregate ${aggregate.name} is kept here`);
      if (!isText(id)) throw unstorable();
      const stream = streamOf(aggregate, id);
      const found = await storage.readStreams([{ stream, afterVersion }]).catch((cause) => {
        throw new UnavailableFault('the storage cannot be read just now', { cause });
      });
      return (found.get(stream) ?? []).map((event) => upcast(events, event));
    },
    async answered(idempotency) {
      const work: Work = { intents: [], idempotency: { ...idempotency, answer: null } };
      if (!isStorable(work)) throw unstorable();
      const decided = await writing.submit(work, true);
      return decided.ok ? decided.replayed : undefined;
    },
    onCommitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await writing.close();
      await ownership.close();
    },
  };
}

function isStorable({ intents, idempotency }: Work): boolean {
  for (const { id } of intents) if (!isText(id)) return false;
  return idempotency === undefined || (isText(idempotency.key) && isText(idempotency.bodyHash));
}

/** NUL and lone surrogates are no text that a database keeps; one such key must not fail the reading of its neighbours. */
function isText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function unstorable(): RefusedFault {
  return new RefusedFault('an id or a key holds characters that cannot be kept');
}
