import { catalog } from '../../../contracts/catalog.ts';
import { LIMITS } from '../../../contracts/shapes.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import type { WebParts } from '../parts.ts';
import type { OrderCompany, ReadOrder } from './present-order.ts';

const COMPANY_MS = 400;

/** The parts of a page around its orders: names of sellers and pictures of what is still sold, of the first hundred. */
export function orderCompany({ client }: Pick<WebParts, 'client'>) {
  const ask = client(catalog);
  return {
    sellers: {
      deadlineMs: COMPANY_MS,
      fallback: [] as OrderCompany['sellers'],
      async load(found: readonly ReadOrder[]) {
        const sellerIds = distinct(found, ({ sellerId }) => [sellerId]);
        return sellerIds.length === 0 ? [] : answerOf(await ask.sellers({ sellerIds })).sellers;
      },
    },
    products: {
      deadlineMs: COMPANY_MS,
      fallback: [] as OrderCompany['products'],
      async load(found: readonly ReadOrder[]) {
        const productIds = distinct(found, ({ lines }) => lines.map(({ productId }) => productId));
        return productIds.length === 0 ? [] : answerOf(await ask.products({ productIds })).products;
      },
    },
  };
}

type Parcel = ReadOrder['order']['parcels'][number];

function distinct(found: readonly ReadOrder[], idsOf: (parcel: Parcel) => readonly string[]): string[] {
  const ids = found.flatMap(({ order }) => order.parcels.flatMap(idsOf));
  return [...new Set(ids)].slice(0, LIMITS.pageSize);
}
