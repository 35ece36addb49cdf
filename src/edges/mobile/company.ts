import { catalog } from '../../contracts/catalog.ts';
import { LIMITS } from '../../contracts/shapes.ts';
import { answerOf } from '../../platform/http/problem.ts';
import type { Part } from '../showing/pipeline.ts';
import type { CartCompany } from './cart/cart.view.ts';
import type { MobileParts } from './parts.ts';

const COMPANY_MS = 400;

interface Named {
  readonly sellerIds: readonly (string | undefined)[];
  readonly productIds: readonly (string | undefined)[];
}

/** The parts around what somebody buys: names of sellers and pictures of products, of the first hundred where there are more. */
export function companyOf<Found>(
  { client }: Pick<MobileParts, 'client'>,
  namedIn: (found: Found) => Named,
): { readonly [Name in keyof CartCompany]: Part<Found, unknown, CartCompany[Name]> } {
  const ask = client(catalog);
  return {
    sellers: {
      deadlineMs: COMPANY_MS,
      fallback: [],
      async load(found) {
        const sellerIds = distinct(namedIn(found).sellerIds);
        return sellerIds.length === 0 ? [] : answerOf(await ask.sellers({ sellerIds })).sellers;
      },
    },
    products: {
      deadlineMs: COMPANY_MS,
      fallback: [],
      async load(found) {
        const productIds = distinct(namedIn(found).productIds);
        return productIds.length === 0 ? [] : answerOf(await ask.products({ productIds })).products;
      },
    },
  };
}

function distinct(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))].slice(0, LIMITS.pageSize);
}
