import type { Change } from './hearing.ts';
import { type IndexEntry, RefusedEntries, type SearchIndex, type SkuAvailability } from './port.ts';

type Told = Awaited<ReturnType<SearchIndex['put']>>;

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: (told: Told) => void;
  readonly reject: (fault: unknown) => void;
}

/** Writes changes to an index; those that are told in one go reach it together. A refused one fails alone. */
export function changeWriter(index: SearchIndex): (change: Change) => Promise<Told> {
  const put = together<IndexEntry>(index.put, ({ productId }) => productId);
  const setAvailability = together<SkuAvailability>(index.setAvailability, ({ sku }) => sku);
  return (change) => {
    switch (change.kind) {
      case 'put':
        return put(change.entry);
      case 'stock':
        return setAvailability(change.change);
      case 'remove':
        return index.remove(change.productId, change.version);
    }
  };
}

function together<Item>(
  write: (items: readonly Item[]) => Promise<Told>,
  idOf: (item: Item) => string,
): (item: Item) => Promise<Told> {
  let waiting: Waiting<Item>[] = [];

  async function flush(): Promise<void> {
    const all = waiting;
    waiting = [];
    try {
      const told = await write(all.map(({ item }) => item));
      for (const { resolve } of all) resolve(told);
    } catch (fault) {
      const refused = fault instanceof RefusedEntries ? fault.refused : undefined;
      for (const { item, resolve, reject } of all) {
        if (refused === undefined || refused.has(idOf(item))) reject(fault);
        else resolve({ worn: false });
      }
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) queueMicrotask(() => void flush());
    });
}
