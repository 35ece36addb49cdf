import type { Resource } from './port.ts';
import { assertName, isOf } from './transaction-id.ts';

export interface MemorySession {
  put(key: string, value: string): void;
}

/** What survives the process that uses it. */
export interface MemoryStore {
  readonly values: Map<string, string>;
  readonly prepared: Map<string, ReadonlyMap<string, string>>;
  readonly committed: Set<string>;
}

export function memoryStore(): MemoryStore {
  return { values: new Map(), prepared: new Map(), committed: new Set() };
}

/** A resource without a disk, for tests: several may stand on one store, as several processes on one database. */
export function memoryResource(name: string, store: MemoryStore): Resource<MemorySession> {
  assertName(name);
  return {
    name,
    async begin(transaction) {
      const writes = new Map<string, string>();
      return {
        session: { put: (key, value) => writes.set(key, value) },
        async prepare() {
          store.prepared.set(transaction, writes);
          return '';
        },
        abandon: async () => {},
      };
    },
    async commit(transaction) {
      const writes = store.prepared.get(transaction);
      if (writes === undefined) return store.committed.has(transaction) ? 'committed' : 'lost';
      for (const [key, value] of writes) store.values.set(key, value);
      store.prepared.delete(transaction);
      store.committed.add(transaction);
      return 'committed';
    },
    async rollback(transaction) {
      store.prepared.delete(transaction);
      return store.committed.has(transaction) ? 'committed' : 'rolled_back';
    },
    recover: async (coordinator) => [...store.prepared.keys()].filter((each) => isOf(coordinator, each)),
    remembered: async (coordinator) => [...store.committed].filter((each) => isOf(coordinator, each)),
    async forget(transactions) {
      for (const transaction of transactions) store.committed.delete(transaction);
    },
  };
}
