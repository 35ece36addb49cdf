import { catalog } from '../../../contracts/catalog.ts';
import { LIMITS } from '../../../contracts/shapes.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import type { WebParts } from '../parts.ts';
import type { CurrentCart } from './current-cart.ts';
import type { CartCompany } from './present-cart.ts';

const COMPANY_MS = 400;

/** The parts of a page around its cart: names of sellers and pictures of products, of the first hundred where there are more. */
export function cartCompany({ client }: Pick<WebParts, 'client'>) {
  const ask = client(catalog);
  return {
    sellers: {
      deadlineMs: COMPANY_MS,
      fallback: [] as CartCompany['sellers'],
      async load({ cart }: CurrentCart) {
        const sellerIds = distinct(cart?.lines.map(({ sellerId }) => sellerId));
        return sellerIds.length === 0 ? [] : answerOf(await ask.sellers({ sellerIds })).sellers;
      },
    },
    products: {
      deadlineMs: COMPANY_MS,
      fallback: [] as CartCompany['products'],
      async load({ cart }: CurrentCart) {
        const productIds = distinct(cart?.lines.map(({ productId }) => productId));
        return productIds.length === 0 ? [] : answerOf(await ask.products({ productIds })).products;
      },
    },
  };
}

function distinct(ids: readonly (string | undefined)[] = []): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))].slice(0, LIMITS.pageSize);
}
