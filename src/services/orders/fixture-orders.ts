import type { OrderLine, Priced } from '../../contracts/orders.ts';
import type { SellerTerms } from '../../contracts/shapes.ts';
import type { OrderEvent, Placement } from './order.ts';
import { price } from './price.ts';

export const NOW = 1_700_000_000_000;
export const ORDER_ID = 'ord_0001k00000000000000000000000000a';

/** Terms with a flat fee and 20 % VAT in Great Britain, unless said otherwise. */
export function termsOf(sellerId: string, terms: Partial<SellerTerms> = {}): SellerTerms {
  return {
    sellerId,
    parcelFee: { GBP: 399 },
    pricesIncludeTax: true,
    vatBasisPoints: { GB: 2_000 },
    commissionBasisPoints: 1_000,
    ...terms,
  };
}

export function lineOf(sku: string, sellerId: string, unitPrice: number, quantity: number): OrderLine {
  return { sku, productId: `product-${sku}`, sellerId, title: { en: sku }, unitPrice, quantity };
}

/** The lines priced in pounds for Great Britain. Throws when they cannot be. */
export function pricedAs(lines: OrderLine[], terms: SellerTerms[]): Priced {
  const pricing = price({ currency: 'GBP', country: 'GB', lines, terms });
  if (!pricing.ok) throw new Error(pricing.rejection.detail);
  return pricing.priced;
}

export function placementOf(lines: OrderLine[], terms: SellerTerms[]): Placement {
  const { currency, parcels, totals } = pricedAs(lines, terms);
  return {
    orderId: ORDER_ID,
    cartId: 'crt-1',
    shopperId: 'shp-1',
    currency,
    country: 'GB',
    contact: { person: 'shp-1', sealed: 'sealed' },
    parcels,
    totals,
    placedAt: NOW,
  };
}

/** Two parcels: three cups and one pot from the potter, two towels from the weaver. */
export const placement = placementOf(
  [lineOf('cup', 'potter', 500, 3), lineOf('towel', 'weaver', 1_200, 2), lineOf('pot', 'potter', 2_500, 1)],
  [termsOf('potter'), termsOf('weaver', { parcelFee: {} })],
);

export const allLines = [
  { sku: 'cup', quantity: 3 },
  { sku: 'pot', quantity: 1 },
  { sku: 'towel', quantity: 2 },
];

export const placed: OrderEvent = { type: 'OrderPlaced', data: placement };
export const confirmed: OrderEvent = {
  type: 'OrderConfirmed',
  data: { orderId: ORDER_ID, lines: allLines, confirmedAt: NOW + 1 },
};
