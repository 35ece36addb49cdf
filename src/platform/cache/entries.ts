import type { Random } from '../clock/port.ts';
import type { Codec } from './codec.ts';
import { type Cache, CacheUnavailable } from './port.ts';

/** What a strategy keeps, and for how long. */
export interface EntryOptions<Value> {
  readonly cache: Cache;
  readonly codec: Codec<Value>;
  /** The longest that an entry is answered, in ms. */
  readonly ttlMs: number;
  /** The longest that it is remembered that there is nothing under a key (a negative cache). Default: it is not. */
  readonly absentTtlMs?: number;
  /** Share of a time by which it may be shorter, so that what was kept together does not go together. Default 0.1. */
  readonly jitter?: number;
  readonly random: Pick<Random, 'fraction'>;
  /** Told when the engine was away, and the strategy did without. */
  readonly onAway?: (cause: CacheUnavailable) => void;
}

/** Values in a cache, and the knowledge that there is none. What cannot be read counts as gone. */
export interface Entries<Value> {
  /** Undefined when nothing is known; `value: undefined` when it is known that there is none. */
  get(key: string): Promise<{ readonly value: Value | undefined } | undefined>;
  /** Whether it is kept: false when the engine is away. */
  set(key: string, value: Value | undefined): Promise<boolean>;
  /** Throws `CacheUnavailable`. */
  delete(key: string): Promise<void>;
}

const ABSENT = 0;
const PRESENT = 1;

/** Values in a cache by their codec; throws what is not `CacheUnavailable`, which is told and done without. */
export function entriesOf<Value>(options: EntryOptions<Value>): Entries<Value> {
  const { cache, codec, ttlMs, absentTtlMs, jitter = 0.1, random, onAway } = options;
  const jittered = (ms: number) => Math.max(1, Math.floor(ms * (1 - jitter * random.fraction())));

  const orAway = async <Answer>(asked: Promise<Answer>, without: Answer): Promise<Answer> => {
    try {
      return await asked;
    } catch (error) {
      if (!(error instanceof CacheUnavailable)) throw error;
      onAway?.(error);
      return without;
    }
  };
  const keep = async (key: string, bytes: Uint8Array, ms: number) => {
    await cache.set(key, bytes, jittered(ms));
    return true;
  };

  return {
    async get(key) {
      const bytes = await orAway(cache.get(key), undefined);
      if (bytes?.[0] === ABSENT) return { value: undefined };
      if (bytes?.[0] !== PRESENT) return undefined;
      try {
        return { value: codec.decode(bytes.subarray(1)) };
      } catch {
        return undefined;
      }
    },
    async set(key, value) {
      if (value !== undefined)
        return orAway(keep(key, Buffer.concat([Uint8Array.of(PRESENT), codec.encode(value)]), ttlMs), false);
      if (absentTtlMs !== undefined) return orAway(keep(key, Uint8Array.of(ABSENT), absentTtlMs), false);
      return orAway(
        cache.delete(key).then(() => true),
        false,
      );
    },
    delete: (key) => cache.delete(key),
  };
}
