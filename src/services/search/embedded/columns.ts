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
  /** Option values of document d, as categories are. */
  readonly optionStart: Growing<Uint32Array>;
  readonly options: Growing<Uint32Array>;
  readonly optionValues: OptionValues;
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

/** Values of options as small numbers: what is named `colour` and valued `white` is another than the `size` `white`. */
export interface OptionValues {
  readonly all: readonly { readonly name: string; readonly value: string }[];
  numberOf(name: string, value: string): number | undefined;
  add(name: string, value: string): number;
}

/** Columns without documents. */
export function createColumns(): Columns {
  const prices = new Map<string, Growing<Float64Array>>();
  const shown: string[] = [];
  const skus: (readonly string[])[] = [];
  const categories = growing(Uint32Array);
  const categoryStart = growing(Uint32Array);
  categoryStart.push(0);
  const options = growing(Uint32Array);
  const optionStart = growing(Uint32Array);
  optionStart.push(0);
  const optionValues = createOptionValues();
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
    options,
    optionStart,
    optionValues,
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
      for (const [name, values] of Object.entries(entry.options ?? {}))
        for (const value of values) options.push(optionValues.add(name, value));
      optionStart.push(options.length);
      pushPrices(entry, document);
      shown.push(
        JSON.stringify({ productId, sellerId, title, ...(image === undefined ? {} : { image }), prices: entry.prices }),
      );
      skus.push(entry.skus);
      return document;
    },
  };
}

function createOptionValues(): OptionValues {
  const pairs = createNames();
  const all: { name: string; value: string }[] = [];
  const key = (name: string, value: string) => `${name}\u0000${value}`;
  return {
    all,
    numberOf: (name, value) => pairs.numberOf(key(name, value)),
    add(name, value) {
      const number = pairs.add(key(name, value));
      if (number === all.length) all.push({ name, value });
      return number;
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
