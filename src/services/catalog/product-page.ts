import type { Availability } from '../../contracts/catalog.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { type ReadyAnswer, readyWire } from '../../platform/http/ready-answer.ts';
import type { KnownProduct } from './product.ts';

/** What the public API tells of a product, in both languages. A SKU that inventory never spoke of is out of stock. */
export function publicProduct(
  { product, addedAt, changedAt }: KnownProduct,
  availabilityOf: (sku: string) => Availability | undefined,
): JsonObject {
  const variants = product.variants.map(({ sku, options, prices }) => ({
    sku,
    options,
    prices: Object.entries(prices)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, amount]) => ({ amount, currency })),
    availability: availabilityOf(sku) ?? 'out_of_stock',
  }));
  return { ...product, variants, availability: bestOf(variants.map((each) => each.availability)), addedAt, changedAt };
}

/** A page of a list made of the pages of its items: `{ items, nextCursor }`. */
export function listOf(items: readonly ReadyAnswer[], nextCursor: string | null): ReadyAnswer {
  return readyWire(`{"items":[${items.map(({ wire }) => wire).join()}],"nextCursor":${JSON.stringify(nextCursor)}}`);
}

/** What is said of a product with such variants. */
export function bestOf(all: readonly Availability[]): Availability {
  if (all.includes('in_stock')) return 'in_stock';
  return all.includes('low_stock') ? 'low_stock' : 'out_of_stock';
}
