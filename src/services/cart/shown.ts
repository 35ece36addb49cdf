import { type Static, Type } from 'typebox';
import { Availability } from '../../contracts/catalog.ts';
import type { Priced, Totals } from '../../contracts/orders.ts';
import { Currency, Id, Money, Sku, Text, TimeMs } from '../../contracts/shapes.ts';
import type { Basket } from './basket.ts';
import type { BuyingCart, OpenCart } from './cart.ts';

const ShownLine = Type.Object({
  sku: Sku,
  quantity: Type.Integer(),
  /** False when the SKU is no longer sold: such a line has no price and must go before checkout. */
  onSale: Type.Boolean(),
  productId: Type.Optional(Id),
  sellerId: Type.Optional(Id),
  title: Type.Optional(Text),
  options: Type.Optional(Type.Record(Type.String(), Type.String())),
  unitPrice: Type.Optional(Money),
  lineTotal: Type.Optional(Money),
  availability: Type.Optional(Availability),
});
type ShownLine = Static<typeof ShownLine>;

const ShownTotals = Type.Object({ lines: Money, shipping: Money, discount: Money, tax: Money, total: Money });

/** A cart as the public API shows it, at the prices of this moment. */
export const ShownCart = Type.Object({
  cartId: Id,
  /** `buying`: its order is placed, and the lines stand still. */
  status: Type.Union([Type.Literal('open'), Type.Literal('buying')]),
  orderId: Type.Optional(Id),
  currency: Currency,
  lines: Type.Array(ShownLine),
  /** Of the lines on sale, with the tax of `country` where one was given; null when one order may not cost as much. */
  totals: Type.Union([ShownTotals, Type.Null()]),
  expiresAt: Type.Optional(TimeMs),
});
export type ShownCart = Static<typeof ShownCart>;

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
    lines: [...lines].map(([sku, quantity]) => shownLine(sku, quantity, basket, currency)),
    totals: priced === undefined ? null : shownTotals(priced.totals, currency),
  };
}

function shownLine(sku: string, quantity: number, { offers }: Basket, currency: string): ShownLine {
  const offer = offers.get(sku);
  if (offer === undefined) return { sku, quantity, onSale: false };
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
  };
}

function shownTotals(totals: Totals, currency: string): Static<typeof ShownTotals> {
  const money = (amount: number) => ({ amount, currency });
  return {
    lines: money(totals.lines),
    shipping: money(totals.shipping),
    discount: money(totals.discount),
    tax: money(totals.tax),
    total: money(totals.total),
  };
}
