import { queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../generated/api.ts';
import { given } from '../../parts/address.ts';
import { adminApi, answerOf } from '../../server/client.ts';
import type { ProductSearch } from './routes.ts';

/** A product in the list, found by the shop's search or read as it is kept. */
export interface ListedProduct {
  readonly productId: string;
  readonly sellerId: string;
  readonly title: { readonly en?: string; readonly ko?: string };
  readonly image?: string;
  readonly skus?: number;
  /** The lowest by currency. */
  readonly prices: readonly { readonly amount: number; readonly currency: string }[];
  readonly onSale: boolean;
  readonly changedAt?: number;
}

interface Listed {
  readonly items: readonly ListedProduct[];
  readonly nextCursor: string | null;
}

/** A page of products: with words what the shop's search finds, an id or a SKU before that; otherwise all, newest first. */
export async function listProducts({ q, ...wishes }: ProductSearch, cursor: string | undefined): Promise<Listed> {
  if (q === undefined) return keptProducts({ ...wishes, ...given({ cursor }) });
  if (cursor === undefined) {
    const bySku = await keptProducts({ sku: q.slice(0, 64) }).catch(() => ({ items: [] }));
    const byId = await productNamed(q);
    const exact = [...byId, ...bySku.items];
    if (exact.length > 0) return { items: exact, nextCursor: null };
  }
  const query = { q, limit: 50, ...given({ seller: wishes.seller, cursor }) };
  const found = await answerOf(adminApi.GET('/v1/search', { params: { query } }));
  return { items: found.hits.map((hit) => ({ ...hit, onSale: true })), nextCursor: found.nextCursor };
}

async function keptProducts(query: {
  readonly status?: 'withdrawn';
  readonly seller?: string;
  readonly sku?: string;
  readonly cursor?: string;
}): Promise<Listed> {
  const params = { query: { status: 'on_sale' as const, limit: 50, ...query } };
  const { items, nextCursor } = await answerOf(adminApi.GET('/v1/admin/products', { params }));
  return { items: items.map(listed), nextCursor };
}

async function productNamed(productId: string): Promise<readonly ListedProduct[]> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}$/.test(productId)) return [];
  const asking = adminApi.GET('/v1/admin/products/{productId}', { params: { path: { productId } } });
  return answerOf(asking).then(
    (product) => [listed(product)],
    () => [],
  );
}

type Product = paths['/v1/admin/products/{productId}'];
export type KeptProduct = Product['get']['responses'][200]['content']['application/json'];

function listed({ images, variants, ...product }: KeptProduct): ListedProduct {
  const lowest = new Map<string, number>();
  for (const { prices } of variants)
    for (const [currency, amount] of Object.entries(prices))
      lowest.set(currency, Math.min(amount, lowest.get(currency) ?? amount));
  const prices = [...lowest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => ({ amount, currency }));
  const [image] = images;
  return { ...product, ...given({ image }), skus: variants.length, prices };
}

export function productQuery(productId: string) {
  return queryOptions({
    queryKey: ['product', productId],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/products/{productId}', { params: { path: { productId } } })),
    // What somebody edits is not taken away under their hands.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function stockQuery(sku: string) {
  return queryOptions({
    queryKey: ['stock', 'sku', sku],
    queryFn: () => answerOf(adminApi.GET('/v1/admin/stock/{sku}', { params: { path: { sku } } })),
    refetchInterval: 5_000,
  });
}
