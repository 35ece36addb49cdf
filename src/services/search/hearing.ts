import type { Product } from '../../contracts/catalog.ts';
import { catalog } from '../../contracts/catalog.ts';
import { inventory } from '../../contracts/inventory.ts';
import type { SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { dropEntry, keepAvailability, keepEntry } from './kept.ts';
import type { IndexEntry, SkuAvailability } from './port.ts';
import { entryOf } from './product-entry.ts';

/** Told after what was heard is kept. */
export interface Feed {
  put(entry: IndexEntry): void;
  remove(productId: string, version: number): void;
  setAvailability(change: SkuAvailability): void;
}

/** Keeps what the catalogue and inventory tell, exactly once; the index hears of it after the commit, at least once. */
export function subscriptions(feed: Feed): readonly SubscriptionSpec[] {
  return [
    {
      name: 'products',
      source: catalog.service,
      on: {
        ProductChanged: ({ data, version }) => {
          const { product, addedAt } = data as unknown as { product: Product; addedAt: number };
          const entry = entryOf(product, addedAt, version);
          return { intents: [], documents: [keepEntry(entry)], committed: () => feed.put(entry) };
        },
        ProductWithdrawn: ({ data, version }) => {
          const { productId } = data as { productId: string };
          return { intents: [], documents: [dropEntry(productId)], committed: () => feed.remove(productId, version) };
        },
      },
    },
    {
      name: 'availability',
      source: inventory.service,
      on: {
        AvailabilityChanged: ({ data }) => {
          const change = data as unknown as SkuAvailability;
          return {
            intents: [],
            documents: [keepAvailability(change)],
            committed: () => feed.setAvailability(change),
          };
        },
      },
    },
  ];
}
