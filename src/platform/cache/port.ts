/** A part of a cache of its own: keys of different spaces never meet. */
export interface CacheSpace {
  /** What is kept, with a version of its form (`products.v2`): letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** The largest value that is kept, in bytes. Default 1 MiB. */
  readonly mostEntryBytes?: number;
}

/**
 * Bytes that can be had elsewhere, kept near for a time. Whatever is kept may be gone the next time; what is answered is what was
 * set last, by whichever process. Each throws `CacheUnavailable` when the engine is away: a strategy says what that means.
 */
export interface Cache {
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keeps `value` for `ttlMs` (a whole number, at least 1). A value that is too large is not kept, and the one before is gone. */
  set(key: string, value: Uint8Array, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Makes the cache of a space. Throws a RangeError for a name that is none. */
export type Caches = (space: CacheSpace) => Cache;

/** The engine of the cache is away. A `set` or `delete` that throws it may have happened. */
export class CacheUnavailable extends Error {
  override readonly name = 'CacheUnavailable';
}
