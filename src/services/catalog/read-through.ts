import { LRUCache } from 'lru-cache';

/** A bounded cache in front of a batch read. What changes is dropped, also while it is being read. */
export interface ReadThrough<Value extends object> {
  /** The values of those keys that have one; the missing are read at once. */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, Value>>;
  /** The value if it is at hand. */
  peek(key: string): Value | undefined;
  drop(key: string): void;
}

/** Keeps the `most` values used last. `read` answers the values of those keys that have one; absence is not kept. */
export function readThrough<Value extends object>(
  most: number,
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): ReadThrough<Value> {
  const kept = new LRUCache<string, Value>({ max: most });
  const readsUnderWay = new Set<{ readonly dropped: Set<string> }>();

  async function readMissing(keys: readonly string[], found: Map<string, Value>): Promise<void> {
    const reading = { dropped: new Set<string>() };
    readsUnderWay.add(reading);
    try {
      for (const [key, value] of await read(keys)) {
        found.set(key, value);
        if (!reading.dropped.has(key)) kept.set(key, value);
      }
    } finally {
      readsUnderWay.delete(reading);
    }
  }

  return {
    get: async (keys) => {
      const found = new Map<string, Value>();
      const missing = new Set<string>();
      for (const key of keys) {
        const value = kept.get(key);
        if (value === undefined) missing.add(key);
        else found.set(key, value);
      }
      if (missing.size > 0) await readMissing([...missing], found);
      return found;
    },
    peek: (key) => kept.get(key),
    drop: (key) => {
      kept.delete(key);
      for (const reading of readsUnderWay) reading.dropped.add(key);
    },
  };
}
