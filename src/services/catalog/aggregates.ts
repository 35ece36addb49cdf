import type { Category, Seller } from '../../contracts/catalog.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { Aggregate } from '../../platform/event-store/aggregate.ts';
import { type CategoryCommand, type CategoryEvent, type CategoryState, categoryDecider } from './category.ts';
import {
  type KnownProduct,
  type ProductCode,
  type ProductCommand,
  type ProductEvent,
  type ProductState,
  productDecider,
} from './product.ts';
import { type SellerCommand, type SellerEvent, type SellerState, sellerDecider } from './seller.ts';

/** Products as documents; `status` is `on_sale` or `withdrawn`. */
export const products: Collection = {
  name: 'products',
  fields: { status: 'text', sellerId: 'text', addedAt: 'integer' },
  indexes: [
    ['status', 'addedAt'],
    ['status', 'sellerId', 'addedAt'],
  ],
};

export const sellers: Collection = { name: 'sellers', fields: {}, indexes: [] };

export const categories: Collection = {
  name: 'categories',
  fields: { categoryId: 'text' },
  indexes: [['categoryId']],
};

/** SKU → the product that holds it: what keeps a SKU unique. Written by compare-and-set beside the product's event. */
export const skus: Collection = { name: 'skus', fields: {}, indexes: [] };

/** SKU → what inventory last told about it. */
export const availability: Collection = { name: 'availability', fields: {}, indexes: [] };

export const productAggregate: Aggregate<ProductState, ProductCommand, ProductEvent, ProductCode> = {
  name: 'product',
  decider: productDecider,
  events: { ProductChanged: { version: 1 }, ProductWithdrawn: { version: 1 } },
  document: { collection: products, encode: encodeProduct, decode: decodeProduct },
};

export const sellerAggregate: Aggregate<SellerState, SellerCommand, SellerEvent, never> = {
  name: 'seller',
  decider: sellerDecider,
  events: { SellerChanged: { version: 1 } },
  document: { collection: sellers, encode: (state) => state, decode: decodeSeller },
};

export const categoryAggregate: Aggregate<CategoryState, CategoryCommand, CategoryEvent, never> = {
  name: 'category',
  decider: categoryDecider,
  events: { CategoryChanged: { version: 1 } },
  document: { collection: categories, encode: (state) => state, decode: decodeCategory },
};

/** The product that a document of `products` holds. */
export function decodeProduct(body: JsonObject): KnownProduct {
  const { product, addedAt, changedAt, revision, status } = body as unknown as KnownProduct & { status: string };
  return { product, addedAt, changedAt, revision, onSale: status === 'on_sale' };
}

/** The seller that a document of `sellers` holds. */
export function decodeSeller(body: JsonObject): Seller {
  const { sellerId, name, terms } = body as unknown as Seller;
  return { sellerId, name, terms };
}

/** The category that a document of `categories` holds. */
export function decodeCategory(body: JsonObject): Category {
  const { categoryId, parentId, name } = body as unknown as Category;
  return parentId === undefined ? { categoryId, name } : { categoryId, parentId, name };
}

function encodeProduct(state: ProductState): JsonObject | null {
  if (state === null) return null;
  const { onSale, ...kept } = state;
  return { ...kept, status: onSale ? 'on_sale' : 'withdrawn', sellerId: state.product.sellerId };
}
