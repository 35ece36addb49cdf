import { LRUCache } from 'lru-cache';

export interface UntilChange<Value extends object> {
  /** What `read` answers, asked once for all until something changes. */
  get(key: string, read: () => Promise<Value>): Promise<Value>;
}

/**
 * Remembers the `most` answers used last as long as `changes` counts no further. Neither a failure nor what `mayKeep` refuses is
 * remembered.
 */
export function untilChange<Value extends object>(
  most: number,
  changes: () => number,
  mayKeep: (value: Value) => boolean = () => true,
): UntilChange<Value> {
  const kept = new LRUCache<string, { readonly at: number; readonly value: Promise<Value> }>({ max: most });
  return {
    get(key, read) {
      const at = changes();
      const known = kept.get(key);
      if (known?.at === at) return known.value;
      const entry = { at, value: read() };
      kept.set(key, entry);
      const drop = () => {
        if (kept.peek(key) === entry) kept.delete(key);
      };
      entry.value.then((value) => {
        if (!mayKeep(value)) drop();
      }, drop);
      return entry.value;
    },
  };
}
