import { LRUCache } from 'lru-cache';
import type { BlobCache } from './port.ts';

/** Keeps at most `maxBytes` in this process. */
export function memoryBlobCache(maxBytes: number): BlobCache {
  const kept = new LRUCache<string, Uint8Array>({
    maxSize: maxBytes,
    sizeCalculation: ({ byteLength }) => Math.max(1, byteLength),
  });
  return {
    get: async (key) => kept.get(key),
    async put(key, bytes) {
      kept.set(key, bytes);
    },
  };
}
