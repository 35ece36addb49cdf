import { LRUCache as Standard } from 'lru-cache';

/** How many entries a cache of the run holds at most. */
export const caches = { most: 100 };

/** The standard cache with little room: a simulated shop is small, and what is forgotten must be found again. */
export class LRUCache<Key extends object | string, Value extends object> extends Standard<Key, Value> {
  constructor(options: { readonly max?: number; readonly maxSize?: number }) {
    super({ ...options, max: Math.min(options.max ?? caches.most, caches.most) });
  }
}
