import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/port.ts';
import type { Cache } from './port.ts';

export interface LocalCopiesOptions {
  /** How long a copy is answered without asking, in ms: so much later does this process hear of a change. */
  readonly ttlMs: number;
  /** Of all copies together. */
  readonly mostBytes: number;
}

/**
 * Copies of hot keys in this process, so that the engine is asked for each of them once in `ttlMs` and not at every read: a key
 * that everybody wants lies on one node of a cluster, and that node would be the limit. Changes of this process are seen at once,
 * those of others up to `ttlMs` later. That a key is not there is never kept.
 */
export function withLocalCopies(cache: Cache, clock: Pick<Clock, 'now'>, options: LocalCopiesOptions): Cache {
  const copies = new LRUCache<string, Uint8Array>({
    ttl: options.ttlMs,
    maxSize: options.mostBytes,
    perf: clock,
    ttlResolution: 0,
    sizeCalculation: (value, key) => value.byteLength + key.length + 1,
  });
  return {
    async get(key) {
      const copy = copies.get(key);
      if (copy !== undefined) return copy;
      const value = await cache.get(key);
      if (value !== undefined) copies.set(key, value);
      return value;
    },
    async set(key, value, ttlMs) {
      copies.delete(key);
      await cache.set(key, value, ttlMs);
      // What was read meanwhile may be what was before.
      copies.delete(key);
    },
    async delete(key) {
      copies.delete(key);
      await cache.delete(key);
      copies.delete(key);
    },
  };
}
