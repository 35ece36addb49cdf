import { idOf } from '../../platform/event-store/aggregate.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';

/** The tags of the copies that these events of the catalogue outdate: one for each thing that changed, one for its kind. */
export function tagsOf(events: readonly StoredEvent[]): readonly string[] {
  const tags = new Set<string>();
  for (const { type, stream } of events) {
    const kinds = KINDS[type];
    if (kinds === undefined) continue;
    tags.add(`${kinds.one}:${idOf(stream)}`).add(kinds.all);
  }
  return [...tags];
}

const PRODUCT = { one: 'product', all: 'products' };
const KINDS: Readonly<Record<string, { readonly one: string; readonly all: string }>> = {
  ProductChanged: PRODUCT,
  ProductWithdrawn: PRODUCT,
  SellerChanged: { one: 'seller', all: 'sellers' },
  CategoryChanged: { one: 'category', all: 'categories' },
};
