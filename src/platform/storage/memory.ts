import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { Clock } from '../clock/port.ts';
import { MOST_ROWS } from './document-index.ts';
import { memoryCommit } from './memory-commit.ts';
import { memoryLeases } from './memory-leases.ts';
import { queryDocuments } from './memory-query.ts';
import { type MemoryState, newMemoryState, parseEvent } from './memory-state.ts';
import type { Commit, CommitResult, OutboxFeed, Positions, Storage, StoredEvent } from './port.ts';
import { checkDeclared, checkStorable } from './storable.ts';

export interface MemoryStorageOptions {
  /** The service that owns the log. */
  readonly name: string;
  /** Default 4. */
  readonly partitions?: number;
  readonly clock: Clock;
  /** When given, other collections are refused, as a database without their tables would. */
  readonly collections?: readonly Collection[];
}

/** A storage, and its published events as the bus reads them. */
export type MemoryStorage = Storage & { outbox(types: readonly string[]): OutboxFeed };

/**
 * A storage in this process's memory, for tests and simulations. Everything is kept as JSON, so that nobody shares an object
 * with it. It is never out of reach; faults are injected by wrapping it.
 */
export function memoryStorage(options: MemoryStorageOptions): MemoryStorage {
  const state = newMemoryState(options.name, options.partitions ?? 4);
  const declared = options.collections && new Set(options.collections.map((collection) => collection.name));

  async function commit(batch: Commit): Promise<CommitResult> {
    try {
      checkStorable(batch, declared, state.log.partitions);
      return memoryCommit(state, batch);
    } catch (cause) {
      return { fate: 'refused', cause: cause instanceof Error ? cause : new Error(String(cause)) };
    }
  }

  return {
    log: state.log,
    commit,
    ...memoryLeases(state, options.clock),

    async readStreams(wanted) {
      return new Map(
        wanted.map(({ stream, afterVersion }) => {
          const versions = [...(state.streams.get(stream) ?? [])].filter(([version]) => version > afterVersion);
          return [stream, versions.sort(([a], [b]) => a - b).map(([, json]) => parseEvent(json))];
        }),
      );
    },
    readFeed: async (after, limit) => readFeed(state, after, limit),
    heads: async () => headsOf(state),

    async documents(collection, generation, keys) {
      checkDeclared(collection, declared);
      const rows = state.documents.get(`${collection.name}/${generation}`);
      const found = new Map();
      for (const key of keys) {
        const row = rows?.get(key);
        if (row !== undefined) found.set(key, { key, version: row.version, body: JSON.parse(row.json) as JsonObject });
      }
      return found;
    },
    async query(query) {
      checkDeclared(query.collection, declared);
      return queryDocuments(state, query);
    },
    async dropGeneration(collection, generation) {
      checkDeclared(collection, declared);
      state.documents.delete(`${collection.name}/${generation}`);
    },

    async idempotencyRecords(keys) {
      const found = new Map();
      for (const key of keys) {
        const json = state.idempotency.get(key);
        if (json !== undefined) found.set(key, JSON.parse(json));
      }
      return found;
    },
    async positions(subscription, generation) {
      const json = state.positions.get(JSON.stringify([subscription, generation]));
      return json === undefined ? undefined : JSON.parse(json);
    },
    async expireIdempotency(before) {
      let removed = 0;
      for (const [key, json] of state.idempotency) {
        if ((JSON.parse(json) as { at: number }).at < before) {
          state.idempotency.delete(key);
          removed++;
        }
      }
      return removed;
    },
    async close() {},
    outbox: (types) => memoryOutboxFeed(state, types),
  };
}

/** The events of the given types only, as another service may hear them. */
export function memoryOutboxFeed(state: MemoryState, types: readonly string[]): OutboxFeed {
  const published = new Set(types);
  return {
    log: state.log,
    readFeed: async (after, limit) => readFeed(state, after, limit, (event) => published.has(event.type)),
    heads: async () => headsOf(state),
    async close() {},
  };
}

function readFeed(
  state: MemoryState,
  after: Positions,
  limit: number,
  wanted: (event: StoredEvent) => boolean = () => true,
): readonly StoredEvent[] {
  const most = Math.min(limit, MOST_ROWS);
  return state.partitions.flatMap((partition, index) => {
    const from = after[index] ?? 0;
    return partition.events
      .slice(from, from + most)
      .map(parseEvent)
      .filter(wanted);
  });
}

function headsOf(state: MemoryState): Positions {
  return state.partitions.map((partition) => partition.events.length);
}
