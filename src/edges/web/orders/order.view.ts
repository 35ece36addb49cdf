import { type Static, Type } from 'typebox';
import { OrderStatus } from '../../../contracts/order-status.ts';
import { Address, Money } from '../../../contracts/shapes.ts';
import { ParcelState } from '../../showing/parcel-state.ts';
import { TotalsView } from '../cart/cart.view.ts';

const NoText = Type.Union([Type.String(), Type.Null()]);
const NoTime = Type.Union([Type.Integer(), Type.Null()]);

const OrderLineView = Type.Object({
  sku: Type.String(),
  productId: Type.String(),
  title: Type.String(),
  /** Null when the product is no longer sold, or its pictures could not be had. */
  image: NoText,
  quantity: Type.Integer(),
  unitPrice: Money,
  lineTotal: Money,
  cancelled: Type.Integer(),
  refunded: Type.Integer(),
});
export type OrderLineView = Static<typeof OrderLineView>;

const OrderParcelView = Type.Object({
  parcelId: Type.String(),
  seller: NoText,
  lines: Type.Array(OrderLineView),
  totals: TotalsView,
  state: ParcelState,
  shippedAt: NoTime,
  deliveredAt: NoTime,
  /** What was paid back of it. */
  refunded: Type.Union([Money, Type.Null()]),
});
export type OrderParcelView = Static<typeof OrderParcelView>;

export const KnownOrderView = Type.Object({
  orderId: Type.String(),
  status: OrderStatus,
  /** Nothing more will happen to it, but for a refund. */
  isFinal: Type.Boolean(),
  cancelRequested: Type.Boolean(),
  /** The code of why it was cancelled. */
  reason: NoText,
  placedAt: Type.Integer(),
  confirmedAt: NoTime,
  shippedAt: NoTime,
  deliveredAt: NoTime,
  cancelledAt: NoTime,
  parcels: Type.Array(OrderParcelView),
  totals: TotalsView,
  /** Null when the shopper's data was erased. */
  contact: Type.Union([Type.Object({ email: Type.String(), address: Address }), Type.Null()]),
  /** Grows with everything that happens to it. */
  version: Type.Integer(),
});
export type KnownOrderView = Static<typeof KnownOrderView>;

/** An order as its shopper sees it; null when it is not this browser's, or there is none. */
export const OrderView = Type.Object({ order: Type.Union([KnownOrderView, Type.Null()]) });
export type OrderView = Static<typeof OrderView>;
