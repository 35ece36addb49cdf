import { type EntryOptions, entriesOf } from './entries.ts';
import { singleFlight } from './single-flight.ts';

export interface AsideOptions<Value> extends EntryOptions<Value> {
  /** The truth: what lies under a key, undefined when there is nothing. */
  readonly load: (key: string) => Promise<Value | undefined>;
}

export interface CacheAside<Value> {
  /** The copy, or what `load` answers. Throws what `load` throws. */
  get(key: string): Promise<Value | undefined>;
  /** Call it after the truth has changed. Throws `CacheUnavailable`: then a copy may be answered until its time is over. */
  invalidate(key: string): Promise<void>;
}

/**
 * Cache-aside, or lazy loading: what is asked for is loaded, kept, and dropped when its truth has changed.
 *
 * What it can lose: nothing of the truth, for it is written elsewhere. A copy is out of date between the change and its
 * `invalidate`; and for as long as `ttlMs` when the process dies in between, when the engine is away just then, or when another
 * process loaded before the change and keeps after the `invalidate`. With the engine away everything is loaded, once a key at a time.
 */
export function cacheAside<Value>(options: AsideOptions<Value>): CacheAside<Value> {
  const { load } = options;
  const entries = entriesOf(options);
  const flights = singleFlight();
  return {
    get: (key) =>
      flights.run(key, async (isWanted) => {
        const known = await entries.get(key);
        if (known !== undefined) return known.value;
        const value = await load(key);
        // Invalidated while it was loaded: it may be what was before.
        if (isWanted()) await entries.set(key, value);
        return value;
      }),
    async invalidate(key) {
      flights.forget(key);
      await entries.delete(key);
    },
  };
}
