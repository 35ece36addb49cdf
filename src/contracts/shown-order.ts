import { type Static, Type } from 'typebox';
import { OrderStatus, Reason } from './order-status.ts';
import { Country, Currency, Id, Money, Sku, SkuQuantity, Text, TimeMs } from './shapes.ts';

const Pieces = Type.Integer({ minimum: 0 });

export const ShownTotals = Type.Object({
  lines: Money,
  shipping: Money,
  discount: Money,
  tax: Money,
  total: Money,
});
export type ShownTotals = Static<typeof ShownTotals>;

const ShownLine = Type.Object({
  sku: Sku,
  productId: Id,
  title: Text,
  quantity: Pieces,
  unitPrice: Money,
  lineTotal: Money,
  shipped: Pieces,
  cancelled: Pieces,
  refunded: Pieces,
});
export type ShownLine = Static<typeof ShownLine>;

const ShownShipment = Type.Object({
  shipmentId: Id,
  lines: Type.Array(SkuQuantity),
  amount: Money,
  shippedAt: TimeMs,
  deliveredAt: Type.Optional(TimeMs),
});

const ShownRefund = Type.Object({
  refundId: Type.String(),
  lines: Type.Array(SkuQuantity),
  amount: Money,
  requestedAt: TimeMs,
});

const ShownParcel = Type.Object({
  parcelId: Id,
  sellerId: Id,
  lines: Type.Array(ShownLine),
  totals: ShownTotals,
  shipments: Type.Array(ShownShipment),
  refunds: Type.Array(ShownRefund),
});
export type ShownParcel = Static<typeof ShownParcel>;

const MaskedContact = Type.Object({
  email: Type.String(),
  name: Type.String(),
  city: Type.String(),
  country: Country,
});
export type MaskedContact = Static<typeof MaskedContact>;

/** An order as the public API shows it to its shopper. Times in ms since 1970. */
export const ShownOrder = Type.Object({
  orderId: Id,
  cartId: Id,
  status: OrderStatus,
  reason: Type.Optional(Reason),
  cancelRequested: Type.Boolean(),
  currency: Currency,
  country: Country,
  placedAt: TimeMs,
  confirmedAt: Type.Optional(TimeMs),
  cancelledAt: Type.Optional(TimeMs),
  /** null when the shopper's data was erased. */
  contact: Type.Union([MaskedContact, Type.Null()]),
  parcels: Type.Array(ShownParcel),
  totals: ShownTotals,
  /** Grows with everything that happens to the order; the id of its live events. */
  version: Type.Integer(),
});
export type ShownOrder = Static<typeof ShownOrder>;

/** Something that happened to an order. */
export const TimelineEntry = Type.Object({
  version: Type.Integer(),
  type: Type.String(),
  at: TimeMs,
  /** Where the order stood afterwards. */
  status: OrderStatus,
  parcelId: Type.Optional(Id),
  shipmentId: Type.Optional(Id),
  refundId: Type.Optional(Type.String()),
  cancellationId: Type.Optional(Type.String()),
  lines: Type.Optional(Type.Array(SkuQuantity)),
  amount: Type.Optional(Type.Integer({ description: 'Minor units of the order’s currency.' })),
  reason: Type.Optional(Reason),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

/** An order in a list. Pieces count single goods. */
export const ListedOrder = Type.Object({
  orderId: Id,
  status: OrderStatus,
  reason: Type.Optional(Reason),
  placedAt: TimeMs,
  total: Money,
  parcels: Type.Array(
    Type.Object({
      parcelId: Id,
      sellerId: Id,
      pieces: Pieces,
      shipped: Pieces,
      delivered: Pieces,
      cancelled: Pieces,
    }),
  ),
});
export type ListedOrder = Static<typeof ListedOrder>;

export const OrderList = Type.Object({
  items: Type.Array(ListedOrder),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
  /** True when the list had not caught up with the write whose token was given. */
  stale: Type.Boolean(),
});
export type OrderList = Static<typeof OrderList>;
