import { type Static, Type } from 'typebox';
import { Availability } from '../../../contracts/catalog.ts';
import { Money } from '../../../contracts/shapes.ts';
import { PriceSchema } from '../../showing/currency.ts';

const NoText = Type.Union([Type.String(), Type.Null()]);

export const CartLineView = Type.Object({
  sku: Type.String(),
  quantity: Type.Integer(),
  /** Null, like the prices, when the SKU is no longer sold in this currency. */
  productId: NoText,
  title: NoText,
  image: NoText,
  options: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  availability: Availability,
  unitPrice: PriceSchema,
  lineTotal: PriceSchema,
  /** What one cost when it was put into the cart; null while it costs the same. */
  priceBefore: PriceSchema,
});
export type CartLineView = Static<typeof CartLineView>;

export const TotalsView = Type.Object({ lines: Money, shipping: Money, discount: Money, tax: Money, total: Money });

export const CartParcelView = Type.Object({
  sellerId: Type.String(),
  /** Null when the seller's name could not be had. */
  seller: NoText,
  lines: Type.Array(CartLineView),
  /** Null while the whole is too dear for one order. */
  totals: Type.Union([TotalsView, Type.Null()]),
  pricesIncludeTax: Type.Boolean(),
});
export type CartParcelView = Static<typeof CartParcelView>;

/** The cart of a browser's session, as its pages show it. */
export const CartView = Type.Object({
  /**
   * `none`: there is none yet. `bought`: its order is placed. `lost`: the browser's session cannot be read any more.
   * `expired`: nobody touched it for too long.
   */
  state: Type.Union([
    Type.Literal('none'),
    Type.Literal('open'),
    Type.Literal('bought'),
    Type.Literal('lost'),
    Type.Literal('expired'),
  ]),
  cartId: NoText,
  /** The order that was made of it, when it was bought. */
  orderId: NoText,
  currency: Type.String(),
  /** Pieces, of all lines. */
  count: Type.Integer(),
  parcels: Type.Array(CartParcelView),
  /** Lines that are no longer sold: they must go before checkout. */
  gone: Type.Array(CartLineView),
  /** Null when one order may not cost as much. */
  totals: Type.Union([TotalsView, Type.Null()]),
});
export type CartView = Static<typeof CartView>;
