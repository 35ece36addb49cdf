import type { ProductOnSale } from '../../contracts/catalog.ts';

/** The first products of every main category in turn, so that one delivery of cups does not fill the page; what is sold out last. */
export function mixed<Product extends Pick<ProductOnSale, 'categoryIds' | 'availability'>>(
  products: readonly Product[],
  count: number,
): readonly Product[] {
  const rounds = new Map<string, number>();
  const placed = products.map((product) => {
    const category = product.categoryIds[0] ?? '';
    const round = rounds.get(category) ?? 0;
    rounds.set(category, round + 1);
    return { product, round: product.availability === 'out_of_stock' ? products.length + round : round };
  });
  return placed
    .sort((a, b) => a.round - b.round)
    .slice(0, count)
    .map(({ product }) => product);
}
