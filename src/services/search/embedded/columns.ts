import type { Availability } from '../../../contracts/catalog.ts';
import type { IndexEntry } from '../port.ts';
import { type Growing, growing } from './growing.ts';

/** What is kept of each document beside its words, by document number. A document is never changed, only outdated. */
export interface Columns {
  readonly length: number;
  readonly live: Growing<Uint8Array>;
  readonly availability: Growing<Uint8Array>;
  readonly seller: Growing<Uint32Array>;
  readonly addedAt: Growing<Float64Array>;
  /** Categories of document d: `categories[categoryStart[d]]` up to `categoryStart[d + 1]`. */
  readonly categoryStart: Growing<Uint32Array>;
  readonly categories: Growing<Uint32Array>;
  readonly sellerNames: Names;
  readonly categoryNames: Names;
  /** What a hit shows, as JSON, without its availability. */
  readonly shown: string[];
  readonly skus: (readonly string[])[];
  /** Lowest prices by currency; NaN where the product has none. */
  readonly prices: ReadonlyMap<string, Growing<Float64Array>>;
  push(entry: IndexEntry): number;
}

export const AVAILABILITY: readonly Availability[] = ['out_of_stock', 'low_stock', 'in_stock'];

/** Texts as small numbers, in the order in which they first came. */
export interface Names {
  readonly all: readonly string[];
  numberOf(name: string): number | undefined;
  add(name: string): number;
}

export function createColumns(): Columns {
  const prices = new Map<string, Growing<Float64Array>>();
  const shown: string[] = [];
  const skus: (readonly string[])[] = [];
  const categories = growing(Uint32Array);
  const categoryStart = growing(Uint32Array);
  categoryStart.push(0);
  const columns = {
    live: growing(Uint8Array),
    availability: growing(Uint8Array),
    seller: growing(Uint32Array),
    addedAt: growing(Float64Array),
    sellerNames: createNames(),
    categoryNames: createNames(),
  };

  function pushPrices(entry: IndexEntry, document: number): void {
    for (const currency of Object.keys(entry.prices)) {
      if (prices.has(currency)) continue;
      const column = growing(Float64Array);
      while (column.length < document) column.push(Number.NaN);
      prices.set(currency, column);
    }
    for (const [currency, column] of prices) column.push(entry.prices[currency] ?? Number.NaN);
  }

  return {
    ...columns,
    categories,
    categoryStart,
    shown,
    skus,
    prices,
    get length() {
      return shown.length;
    },
    push(entry) {
      const document = shown.length;
      const { productId, sellerId, title, image } = entry;
      columns.live.push(1);
      columns.availability.push(0);
      columns.seller.push(columns.sellerNames.add(sellerId));
      columns.addedAt.push(entry.addedAt);
      for (const categoryId of new Set(entry.categoryIds)) categories.push(columns.categoryNames.add(categoryId));
      categoryStart.push(categories.length);
      pushPrices(entry, document);
      shown.push(
        JSON.stringify({ productId, sellerId, title, ...(image === undefined ? {} : { image }), prices: entry.prices }),
      );
      skus.push(entry.skus);
      return document;
    },
  };
}

function createNames(): Names {
  const numbers = new Map<string, number>();
  const all: string[] = [];
  return {
    all,
    numberOf: (name) => numbers.get(name),
    add(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, all.length);
      return all.push(name) - 1;
    },
  };
}
