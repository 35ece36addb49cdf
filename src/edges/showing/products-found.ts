import type { catalog, ProductOnSale, Seller } from '../../contracts/catalog.ts';
import type { orders } from '../../contracts/orders.ts';
import type { Client } from '../../kernel/contract.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';

type Catalog = Client<typeof catalog>;

/** A product that is on sale. Throws an `unknown_product` problem, and `unavailable` when the catalogue does not answer. */
export async function productOnSale(ask: Pick<Catalog, 'products'>, productId: string): Promise<ProductOnSale> {
  const [product] = answerOf(await ask.products({ productIds: [productId] })).products;
  if (product === undefined) throw new Problem('unknown_product', `There is no product ${productId} on sale.`);
  return product;
}

/** A seller; null for one that is not there. Throws `unavailable` when the catalogue does not answer. */
export async function sellerOf(ask: Pick<Catalog, 'sellers'>, sellerId: string): Promise<Seller | null> {
  return answerOf(await ask.sellers({ sellerIds: [sellerId] })).sellers[0] ?? null;
}

/** Up to `limit` products that are bought most, as far as they are on sale. Throws `unavailable` when somebody does not answer. */
export async function popularProducts(
  ask: { readonly catalog: Pick<Catalog, 'products'>; readonly orders: Pick<Client<typeof orders>, 'popular'> },
  limit: number,
): Promise<readonly ProductOnSale[]> {
  const { products } = answerOf(await ask.orders.popular({ limit }));
  const productIds = products.map(({ productId }) => productId);
  return productIds.length === 0 ? [] : answerOf(await ask.catalog.products({ productIds })).products;
}
