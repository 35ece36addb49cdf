import type { Category, Product, Seller } from '../../contracts/catalog.ts';

/** What the tests of the catalogue speak of. */
export const pottery: Seller = {
  sellerId: 'pottery',
  name: { en: 'Pottery', ko: '도자기' },
  terms: {
    sellerId: 'pottery',
    parcelFee: { GBP: 400 },
    pricesIncludeTax: true,
    vatBasisPoints: { GB: 2_000 },
    commissionBasisPoints: 1_000,
  },
};

export const cups: Category = { categoryId: 'cups', name: { en: 'Cups', ko: '컵' } };

export function mug(changes: Partial<Product> = {}): Product {
  return {
    productId: 'mug',
    sellerId: 'pottery',
    categoryIds: ['cups'],
    title: { en: 'Mug', ko: '머그컵' },
    description: { en: 'For tea.' },
    images: ['/images/cups/mug.svg'],
    variants: [
      { sku: 'MUG-W', options: { colour: 'white' }, prices: { GBP: 1_200, KRW: 18_000 } },
      { sku: 'MUG-B', options: { colour: 'blue' }, prices: { GBP: 1_300 } },
    ],
    ...changes,
  };
}
