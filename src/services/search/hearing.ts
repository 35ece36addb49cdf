import type { Product } from '../../contracts/catalog.ts';
import { catalog } from '../../contracts/catalog.ts';
import { inventory } from '../../contracts/inventory.ts';
import type { Effects, SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { dropEntry, keepAvailability, keepEntry } from './kept.ts';
import type { IndexEntry, SkuAvailability } from './port.ts';
import { entryOf } from './product-entry.ts';

/** What the index is told. */
export type Change =
  | { readonly kind: 'put'; readonly entry: IndexEntry }
  | { readonly kind: 'remove'; readonly productId: string; readonly version: number }
  | { readonly kind: 'stock'; readonly change: SkuAvailability };

/** Makes the effects of what was heard: what is kept of it, and the telling of the index, before or after the commit. */
export type Tell = (change: Change, documents: NonNullable<Effects['documents']>) => Effects | Promise<Effects>;

/** Keeps what the catalogue and inventory tell, exactly once; the index hears of it at least once. */
export function subscriptions(tell: Tell): readonly SubscriptionSpec[] {
  return [
    {
      name: 'products',
      source: catalog.service,
      on: {
        ProductChanged: ({ data, version }) => {
          const { product, addedAt } = data as unknown as { product: Product; addedAt: number };
          const entry = entryOf(product, addedAt, version);
          return tell({ kind: 'put', entry }, [keepEntry(entry)]);
        },
        ProductWithdrawn: ({ data, version }) => {
          const { productId } = data as { productId: string };
          return tell({ kind: 'remove', productId, version }, [dropEntry(productId)]);
        },
      },
    },
    {
      name: 'availability',
      source: inventory.service,
      on: {
        AvailabilityChanged: ({ data, version }) => {
          const change: SkuAvailability = { ...(data as unknown as SkuAvailability), version };
          return tell({ kind: 'stock', change }, [keepAvailability(change)]);
        },
      },
    },
  ];
}
