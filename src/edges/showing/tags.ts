import type { ProductOnSale } from '../../contracts/catalog.ts';

/** A list changes with any product, seller or stock, and whenever the index answers anew. */
export const LISTING_TAGS = ['products', 'sellers', 'categories', 'availability', 'search'];

/** Of what is said of these products themselves, their stock included. */
export function productTags(products: readonly Pick<ProductOnSale, 'productId' | 'variants'>[]): readonly string[] {
  return products.flatMap(({ productId, variants }) => [
    `product:${productId}`,
    ...variants.map(({ sku }) => `sku:${sku}`),
  ]);
}
