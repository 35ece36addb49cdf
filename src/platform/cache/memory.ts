import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/port.ts';
import type { Caches } from './port.ts';
import { checkedSpace, checkTtl } from './space.ts';

const MOST_BYTES = 64 * 1024 ** 2;

/** Caches of this process alone: together at most `mostBytes` (default 64 MiB), the least recently used goes first. */
export function memoryCaches(clock: Pick<Clock, 'now'>, { mostBytes = MOST_BYTES } = {}): Caches {
  const kept = new LRUCache<string, Uint8Array>({
    maxSize: mostBytes,
    perf: clock,
    ttlResolution: 0,
    sizeCalculation: (value, key) => value.byteLength + key.length + 1,
  });
  return (space) => {
    const { name, mostEntryBytes } = checkedSpace(space);
    const keyOf = (key: string) => `${name}:${key}`;
    return {
      get: async (key) => kept.get(keyOf(key)),
      async set(key, value, ttlMs) {
        checkTtl(ttlMs);
        if (value.byteLength > mostEntryBytes) kept.delete(keyOf(key));
        // A copy: what the caller does with its bytes afterwards is its own affair.
        else kept.set(keyOf(key), value.slice(), { ttl: ttlMs });
      },
      async delete(key) {
        kept.delete(keyOf(key));
      },
    };
  };
}
