import type { Priced, Totals } from '../../contracts/orders.ts';
import type { ShownCart, ShownCartLine, ShownTotals } from '../../contracts/shown-cart.ts';
import type { Basket } from './basket.ts';
import type { BuyingCart, OpenCart } from './cart.ts';

/** A cart as its shopper sees it; `priced` is undefined when one order may not cost as much. */
export function shownCart(
  cart: OpenCart | BuyingCart,
  basket: Basket,
  priced: Priced | undefined,
  expiresAfterMs: number,
): ShownCart {
  const { cartId, currency, lines, touchedAt } = cart;
  return {
    cartId,
    status: cart.phase,
    ...(cart.phase === 'buying' ? { orderId: cart.orderId } : { expiresAt: touchedAt + expiresAfterMs }),
    currency,
    lines: [...lines].map(([sku, quantity]) => shownLine(sku, quantity, basket, cart)),
    parcels: (priced?.parcels ?? []).map((parcel) => ({
      sellerId: parcel.sellerId,
      skus: parcel.lines.map(({ sku }) => sku),
      totals: shownTotals(parcel.totals, currency),
      pricesIncludeTax: parcel.terms.pricesIncludeTax,
    })),
    totals: priced === undefined ? null : shownTotals(priced.totals, currency),
  };
}

function shownLine(
  sku: string,
  quantity: number,
  { offers }: Basket,
  { currency, prices }: OpenCart | BuyingCart,
): ShownCartLine {
  const before = prices.get(sku);
  const priceWhenAdded = before === undefined ? {} : { priceWhenAdded: { amount: before, currency } };
  const offer = offers.get(sku);
  if (offer === undefined) return { sku, quantity, onSale: false, ...priceWhenAdded };
  const { productId, sellerId, title, options, unitPrice, availability } = offer;
  return {
    sku,
    quantity,
    onSale: true,
    productId,
    sellerId,
    title,
    options,
    unitPrice: { amount: unitPrice, currency },
    lineTotal: { amount: unitPrice * quantity, currency },
    availability,
    ...priceWhenAdded,
  };
}

function shownTotals(totals: Totals, currency: string): ShownTotals {
  const money = (amount: number) => ({ amount, currency });
  return {
    lines: money(totals.lines),
    shipping: money(totals.shipping),
    discount: money(totals.discount),
    tax: money(totals.tax),
    total: money(totals.total),
  };
}
