import type { Product } from '../../contracts/catalog.ts';
import type { IndexEntry } from './port.ts';

/** What the index takes of a product; `version` is the product's version at the catalogue. */
export function entryOf(product: Product, addedAt: number, version: number): IndexEntry {
  const { productId, sellerId, categoryIds, title, description, images, variants } = product;
  const prices: Record<string, number> = {};
  for (const variant of variants)
    for (const [currency, amount] of Object.entries(variant.prices))
      prices[currency] = Math.min(amount, prices[currency] ?? amount);
  const [image] = images;
  return {
    productId,
    version,
    sellerId,
    categoryIds,
    title,
    description,
    words: [...new Set(variants.flatMap(({ options }) => Object.values(options)))],
    options: optionsOf(variants),
    skus: variants.map(({ sku }) => sku),
    ...(image === undefined ? {} : { image }),
    prices,
    addedAt,
  };
}

function optionsOf(variants: Product['variants']): Record<string, string[]> {
  const values = new Map<string, Set<string>>();
  for (const { options } of variants)
    for (const [name, value] of Object.entries(options)) values.set(name, (values.get(name) ?? new Set()).add(value));
  return Object.fromEntries(Array.from(values, ([name, all]) => [name, [...all]]));
}
