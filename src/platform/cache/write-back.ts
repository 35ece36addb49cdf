import type { Clock } from '../clock/port.ts';
import { type AsideOptions, cacheAside } from './aside.ts';
import { entriesOf } from './entries.ts';

export interface WriteBackOptions<Value> extends AsideOptions<Value> {
  /** Writes many truths at once. What it throws is tried again at the next flush, so it must bear repeating. */
  readonly write: (changes: ReadonlyMap<string, Value>) => Promise<void>;
  /** How long a change waits at most, in ms. */
  readonly everyMs: number;
  /** Changed keys that may wait; a `set` beyond them waits for a flush. */
  readonly mostWaiting: number;
  readonly clock: Clock;
  /** Told of a flush that failed. */
  readonly onFailed?: (cause: unknown) => void;
}

export interface WriteBack<Value> {
  get(key: string): Promise<Value | undefined>;
  /** Resolves when the change is kept in this process: it is written later. Throws only when too many wait and cannot be written. */
  set(key: string, value: Value): Promise<void>;
  /** Writes what waits. Throws what `write` throws; what waited then goes on waiting. */
  flush(): Promise<void>;
  /** Flushes for the last time. Throws what `write` throws: those changes are lost. */
  close(): Promise<void>;
}

/**
 * Write-back, or write-behind: a write is answered at once and reaches the truth later, many together, repeated writes of a key as
 * one. For what may be lost and is written all the time (counters of views, positions on a map); never for money, orders or stock.
 * One process writes a key.
 *
 * What it can lose: every change that was answered and not yet flushed, when the process dies (at most `everyMs` of them, and
 * `mostWaiting` keys, unless flushes fail); the engine may still show such a change until `ttlMs` is over, and then the older truth.
 */
export function writeBack<Value>(options: WriteBackOptions<Value>): WriteBack<Value> {
  const { write, everyMs, mostWaiting, clock, onFailed } = options;
  const aside = cacheAside(options);
  const entries = entriesOf(options);
  const waiting = new Map<string, Value>();
  let flushing: Promise<void> | undefined;
  let cancel = () => {};
  let isClosed = false;

  const writeWaiting = async () => {
    const changes = new Map(waiting);
    await write(changes);
    // What was changed again meanwhile goes on waiting.
    for (const [key, value] of changes) if (waiting.get(key) === value) waiting.delete(key);
  };
  const flush = () => {
    if (waiting.size === 0) return Promise.resolve();
    flushing ??= writeWaiting().finally(() => {
      flushing = undefined;
    });
    return flushing;
  };
  const again = () => {
    if (isClosed) return;
    cancel = clock.after(everyMs, () => {
      flush()
        .catch((cause) => onFailed?.(cause))
        .finally(again);
    });
  };
  again();

  return {
    get: async (key) => waiting.get(key) ?? aside.get(key),
    async set(key, value) {
      while (waiting.size >= mostWaiting && !waiting.has(key)) await flush();
      waiting.set(key, value);
      await entries.set(key, value);
    },
    flush,
    async close() {
      isClosed = true;
      cancel();
      await flushing?.catch(() => {});
      await flush();
    },
  };
}
