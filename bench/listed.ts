import type { BenchShop } from './shop.ts';

const PAGE = 100;

/** The ids of a shop's newest products, `most` at most, in whole pages of a hundred. Throws what the shop answers instead. */
export async function listed(shop: BenchShop, most: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null && ids.length < most) {
    const page: unknown = await shop.admin(
      'GET',
      `/v1/products?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    const { items, nextCursor } = page as { items: { productId: string }[]; nextCursor: string | null };
    ids.push(...items.map(({ productId }) => productId));
    cursor = nextCursor;
  }
  return ids;
}
