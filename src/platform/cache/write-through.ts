import { type AsideOptions, cacheAside } from './aside.ts';
import { entriesOf } from './entries.ts';

export interface WriteThroughOptions<Value> extends AsideOptions<Value> {
  /** Writes the truth. What it throws is thrown by `set`, and the copy is dropped, for the truth may have been written. */
  readonly write: (key: string, value: Value) => Promise<void>;
}

export interface WriteThrough<Value> {
  get(key: string): Promise<Value | undefined>;
  /** Resolves when the truth is written, and the copy is, too, where the engine answers. */
  set(key: string, value: Value): Promise<void>;
}

/**
 * Write-through: a write goes to the truth and then into the cache, so that the next read finds it near. Writes of one key in one
 * process follow each other.
 *
 * What it can lose: nothing of the truth. The copy is out of date for as long as `ttlMs` when the process dies between the two
 * writes, when the engine is away at the second, or when two processes write one key at the same time and their copies arrive in
 * the other order.
 */
export function writeThrough<Value>(options: WriteThroughOptions<Value>): WriteThrough<Value> {
  const { write } = options;
  const aside = cacheAside(options);
  const entries = entriesOf(options);
  const inOrder = new Map<string, Promise<void>>();

  const writeBoth = async (key: string, value: Value) => {
    try {
      await write(key, value);
    } catch (error) {
      await aside.invalidate(key).catch(() => {});
      throw error;
    }
    // Drops what is being loaded as well, which may be what was before.
    await aside.invalidate(key).catch(() => {});
    await entries.set(key, value);
  };

  return {
    get: aside.get,
    async set(key, value) {
      const before = inOrder.get(key) ?? Promise.resolve();
      const writing = before.catch(() => {}).then(() => writeBoth(key, value));
      inOrder.set(key, writing);
      try {
        await writing;
      } finally {
        if (inOrder.get(key) === writing) inOrder.delete(key);
      }
    },
  };
}
