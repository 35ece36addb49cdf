import type { Product } from '../../contracts/catalog.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { ViewDefinition } from '../../kernel/view.ts';

/** Which products a category lists, newest first: one document for each product in each of its categories. */
export const categoryListing: ViewDefinition = {
  name: 'category_listing',
  version: 1,
  collection: {
    name: 'category_listing',
    fields: { categoryId: 'text', sellerId: 'text', addedAt: 'integer' },
    indexes: [
      ['categoryId', 'addedAt'],
      ['categoryId', 'sellerId', 'addedAt'],
    ],
  },
  types: ['ProductChanged', 'ProductWithdrawn'],
  keysOf: (event) => {
    const { productId, categoryIds, leftCategoryIds } = listed(event);
    return [...new Set([...categoryIds, ...leftCategoryIds])].map((categoryId) => `${categoryId}|${productId}`);
  },
  apply: (_, event, key) => {
    const { productId, sellerId, categoryIds, addedAt } = listed(event);
    const categoryId = key.slice(0, key.indexOf('|'));
    return categoryIds.includes(categoryId) ? { categoryId, productId, sellerId, addedAt } : null;
  },
};

function listed(event: HeardEvent) {
  if (event.type === 'ProductWithdrawn') {
    const { productId, leftCategoryIds } = event.data as unknown as { productId: string; leftCategoryIds: string[] };
    return { productId, leftCategoryIds, categoryIds: [] as string[], sellerId: '', addedAt: 0 };
  }
  const { product, addedAt, leftCategoryIds } = event.data as unknown as {
    product: Product;
    addedAt: number;
    leftCategoryIds: string[];
  };
  const { productId, sellerId, categoryIds } = product;
  return { productId, sellerId, categoryIds, addedAt, leftCategoryIds };
}
