import type { Collection } from '../../kernel/view.ts';
import type { Commit, DocumentWrite, NewEvent, OutboxFeed, Storage } from './port.ts';

/** An adapter as the suite drives it. */
export interface StorageUnderTest {
  readonly storage: Storage;
  /** The same log as the bus reads it. */
  outbox(types: readonly string[]): Promise<OutboxFeed>;
  /** Lets the storage's clock go on by at least so much. */
  passTime(ms: number): Promise<void>;
  drop(): Promise<void>;
}

/** Opens a fresh, empty storage named `shop` with 4 partitions and the collection `orders`. */
export type OpenStorage = () => Promise<StorageUnderTest>;

/** The collection that the suite keeps its documents in. */
export const ORDERS: Collection = {
  name: 'orders',
  fields: { shopper: 'text', placed_at: 'integer', status: 'text' },
  indexes: [['shopper', 'placed_at'], ['status'], ['placed_at'], ['shopper', 'status', 'placed_at']],
};

let commits = 0;

/** A batch with nothing in it but what is given. */
export function batch(parts: Partial<Commit>): Commit {
  commits++;
  return {
    id: `commit-${commits}`,
    at: 1_700_000_000_000 + commits,
    fences: [],
    events: [],
    documents: [],
    idempotency: [],
    positions: [],
    ...parts,
  };
}

export function event(stream: string, version: number, partition = 0, type = 'Happened'): NewEvent {
  return { partition, stream, version, type, schemaVersion: 1, data: { stream, version }, metadata: { actor: 'test' } };
}

export function put(key: string, body: DocumentWrite['body'], expectedVersion?: number, generation = 0): DocumentWrite {
  const write = { collection: ORDERS, generation, key, body };
  return expectedVersion === undefined ? write : { ...write, expectedVersion };
}

/** Runs `check` against a fresh storage with all partitions leased to `owner`. */
export function withStorage(
  open: OpenStorage,
  check: (storage: Storage, test: StorageUnderTest) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const test = await open();
    try {
      await check(test.storage, test);
    } finally {
      await test.drop();
    }
  };
}
