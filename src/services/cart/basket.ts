import { catalog, type Offer } from '../../contracts/catalog.ts';
import { type OrderLine, orders, type Priced } from '../../contracts/orders.ts';
import type { SellerTerms } from '../../contracts/shapes.ts';
import { answerOf } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Lines } from './cart.ts';

/** What a cart's lines can be bought for now. */
export interface Basket {
  readonly offers: ReadonlyMap<string, Offer>;
  readonly terms: SellerTerms[];
}

/** Asks others what a cart's lines cost. What they do not answer becomes an `unavailable` problem. */
export function baskets(kit: Pick<ServiceKit, 'client'>) {
  const shop = kit.client(catalog);
  const till = kit.client(orders);
  return {
    /** The offers of the SKUs; those not on sale in the currency are absent. One call, however many SKUs. */
    async offersOf(skus: readonly string[], currency: string, traceparent?: string): Promise<Basket> {
      if (skus.length === 0) return { offers: new Map(), terms: [] };
      const context = traceparent === undefined ? {} : { traceparent };
      const { offers, terms } = answerOf(await shop.offers({ skus: [...skus], currency }, context));
      return { offers: new Map(offers.map((offer) => [offer.sku, offer])), terms };
    },

    /** What the lines on sale cost together; undefined when they cannot be sold in one order. */
    async priceOf(lines: Lines, basket: Basket, currency: string, country?: string): Promise<Priced | undefined> {
      const request = { currency, lines: orderLines(lines, basket), terms: basket.terms };
      const outcome = await till.price(country === undefined ? request : { ...request, country });
      return outcome.kind === 'rejected' ? undefined : answerOf(outcome);
    },
  };
}

/** The lines on sale, as an order takes them: with the price and the title of this moment. */
export function orderLines(lines: Lines, { offers }: Basket): OrderLine[] {
  const bought: OrderLine[] = [];
  for (const [sku, quantity] of lines) {
    const offer = offers.get(sku);
    if (offer === undefined) continue;
    const { productId, sellerId, title, unitPrice } = offer;
    bought.push({ sku, productId, sellerId, title, unitPrice, quantity });
  }
  return bought;
}
