import { type Static, Type } from 'typebox';
import { Availability } from './catalog.ts';
import { Currency, Id, Money, Sku, Text, TimeMs } from './shapes.ts';

export const ShownTotals = Type.Object({ lines: Money, shipping: Money, discount: Money, tax: Money, total: Money });
export type ShownTotals = Static<typeof ShownTotals>;

export const ShownCartLine = Type.Object({
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
  /** What one cost when the SKU was last put into the cart. */
  priceWhenAdded: Type.Optional(Money),
});
export type ShownCartLine = Static<typeof ShownCartLine>;

/** A cart as its shopper sees it, at the prices of this moment. */
export const ShownCart = Type.Object({
  cartId: Id,
  /** `buying`: its order is placed, and the lines stand still. */
  status: Type.Union([Type.Literal('open'), Type.Literal('buying')]),
  orderId: Type.Optional(Id),
  currency: Currency,
  lines: Type.Array(ShownCartLine),
  /** How the lines on sale would travel: a parcel for each seller, with its own fee. */
  parcels: Type.Array(
    Type.Object({ sellerId: Id, skus: Type.Array(Sku), totals: ShownTotals, pricesIncludeTax: Type.Boolean() }),
  ),
  /** Of the lines on sale, with the tax of `country` where one was given; null when one order may not cost as much. */
  totals: Type.Union([ShownTotals, Type.Null()]),
  expiresAt: Type.Optional(TimeMs),
  /** Of this state: whoever reads with it (`after`) is shown no earlier one. Absent where everybody reads the newest anyway. */
  asOf: Type.Optional(Type.String()),
});
export type ShownCart = Static<typeof ShownCart>;
