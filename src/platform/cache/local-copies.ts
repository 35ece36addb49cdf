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
  /** By key, the newest reading that is under way and that no change has overtaken. */
  const reading = new Map<string, Promise<Uint8Array | undefined>>();
  /** What was read before may be what was before. */
  const forget = (key: string) => {
    copies.delete(key);
    reading.delete(key);
  };
  const changing = async (key: string, change: Promise<void>) => {
    forget(key);
    try {
      await change;
    } finally {
      forget(key);
    }
  };
  return {
    async get(key) {
      const copy = copies.get(key);
      if (copy !== undefined) return copy;
      const asked = cache.get(key);
      reading.set(key, asked);
      try {
        const value = await asked;
        if (value !== undefined && reading.get(key) === asked) copies.set(key, value);
        return value;
      } finally {
        if (reading.get(key) === asked) reading.delete(key);
      }
    },
    set: (key, value, ttlMs) => changing(key, cache.set(key, value, ttlMs)),
    delete: (key) => changing(key, cache.delete(key)),
  };
}
