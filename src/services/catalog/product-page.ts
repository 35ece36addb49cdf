import { hash } from 'node:crypto';
import type { Availability } from '../../contracts/catalog.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { KnownProduct } from './product.ts';

/**
 * A product page as it is sent: its text and the entity tag of its bytes. A text, for Node writes the head and the text of an
 * answer at once, but the head and the bytes of a buffer one after the other, which costs a fifth of the whole answer.
 */
export interface ProductPage {
  readonly text: string;
  readonly etag: string;
}

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

export function pageOf(body: JsonObject): ProductPage {
  return pageOfText(JSON.stringify(body));
}

export function pageOfText(text: string): ProductPage {
  return { text, etag: `"${hash('sha256', text, 'base64url').slice(0, 22)}"` };
}

/** Whether the caller's `If-None-Match` names the page it would get. */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag);
}

/** A page of a list made of the pages of its items: `{ items, nextCursor }`. */
export function listOf(items: readonly string[], nextCursor: string | null): string {
  return `{"items":[${items.join()}],"nextCursor":${JSON.stringify(nextCursor)}}`;
}

/** What is said of a product with such variants. */
export function bestOf(all: readonly Availability[]): Availability {
  if (all.includes('in_stock')) return 'in_stock';
  return all.includes('low_stock') ? 'low_stock' : 'out_of_stock';
}
