import { catalog, type ProductOnSale, type Seller } from '../../contracts/catalog.ts';
import type { orders } from '../../contracts/orders.ts';
import { LIMITS } from '../../contracts/shapes.ts';
import type { ShownCart } from '../../contracts/shown-cart.ts';
import type { AnswerOf } from '../../kernel/contract.ts';
import type { Calls } from '../../platform/calls/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import type { Part } from './pipeline.ts';

const COMPANY_MS = 400;

/** What of the catalogue a cart or an order is shown with; either may be missing. */
export interface Company {
  readonly sellers: readonly Seller[];
  readonly products: readonly ProductOnSale[];
}

interface Named {
  readonly sellerIds: readonly (string | undefined)[];
  readonly productIds: readonly (string | undefined)[];
}

type ReadOrder = AnswerOf<typeof orders.calls.read>;
type CompanyParts<Found> = { readonly [Name in keyof Company]: Part<Found, unknown, Company[Name]> };
interface Asking {
  readonly client: Calls['client'];
}

/** The parts around what somebody buys: names of sellers and pictures of products, of the first hundred where there are more. */
function companyOf<Found>({ client }: Asking, namedIn: (found: Found) => Named): CompanyParts<Found> {
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

/** What a cart is shown with; none of it where there is no cart. */
export function cartCompany<Found>(
  parts: Asking,
  cartIn: (found: Found) => Pick<ShownCart, 'lines'> | undefined,
): CompanyParts<Found> {
  return companyOf<Found>(parts, (found) => {
    const { lines = [] } = cartIn(found) ?? {};
    return { sellerIds: lines.map(({ sellerId }) => sellerId), productIds: lines.map(({ productId }) => productId) };
  });
}

/** What orders are shown with. */
export function orderCompany(parts: Asking): CompanyParts<readonly ReadOrder[]> {
  return companyOf(parts, (read) => {
    const parcels = read.flatMap(({ order }) => order.parcels);
    return {
      sellerIds: parcels.map(({ sellerId }) => sellerId),
      productIds: parcels.flatMap(({ lines }) => lines.map(({ productId }) => productId)),
    };
  });
}

function distinct(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))].slice(0, LIMITS.pageSize);
}
