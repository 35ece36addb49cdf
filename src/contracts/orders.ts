import { type Static, Type } from 'typebox';
import { command, event, query } from './contract.ts';
import { OrderStatus, Reason } from './order-status.ts';
import {
  Address,
  Country,
  Currency,
  Id,
  LIMITS,
  Money,
  Quantity,
  Sealed,
  SellerTerms,
  Sku,
  SkuQuantity,
  Text,
  TimeMs,
} from './shapes.ts';
import { OrderList, ShownOrder, TimelineEntry } from './shown-order.ts';

export { OrderStatus, Reason };

const closed = { additionalProperties: false } as const;

/** A line as it is bought: the price and the title of that moment. */
export const OrderLine = Type.Object(
  {
    sku: Sku,
    productId: Id,
    sellerId: Id,
    title: Text,
    unitPrice: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    quantity: Quantity,
  },
  closed,
);
export type OrderLine = Static<typeof OrderLine>;

/** The most that one order may cost, in minor units: every sum on the way to it stays a safe integer. */
export const LARGEST_TOTAL = 1_000_000_000_000;

/** Minor units of one currency. `total = lines + shipping - discount` and, where prices exclude it, `+ tax`. */
export const Totals = Type.Object(
  {
    lines: Type.Integer(),
    shipping: Type.Integer(),
    discount: Type.Integer(),
    tax: Type.Integer(),
    total: Type.Integer(),
  },
  closed,
);
export type Totals = Static<typeof Totals>;

/** Of a seller's terms, what applied to a parcel when it was priced. */
export const AppliedTerms = Type.Object(
  {
    pricesIncludeTax: Type.Boolean(),
    /** The VAT of the parcel's country. */
    vatBasisPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
    commissionBasisPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
  },
  closed,
);
export type AppliedTerms = Static<typeof AppliedTerms>;

/** One parcel per seller; `parcelId` is unique within its order. */
export const Parcel = Type.Object(
  { parcelId: Id, sellerId: Id, lines: Type.Array(OrderLine, { minItems: 1 }), totals: Totals, terms: AppliedTerms },
  closed,
);
export type Parcel = Static<typeof Parcel>;

export const Priced = Type.Object({ currency: Currency, totals: Totals, parcels: Type.Array(Parcel) }, closed);
export type Priced = Static<typeof Priced>;

export const ToPrice = Type.Object(
  {
    currency: Currency,
    country: Type.Optional(Country),
    lines: Type.Array(OrderLine, { maxItems: LIMITS.linesPerCart }),
    terms: Type.Array(SellerTerms),
  },
  closed,
);
export type ToPrice = Static<typeof ToPrice>;

export const Standing = Type.Object(
  {
    orderId: Id,
    status: OrderStatus,
    reason: Type.Optional(Reason),
    /** Read-your-writes: carried by a read of the shopper's history. */
    token: Type.Optional(Type.String()),
  },
  closed,
);
export type Standing = Static<typeof Standing>;

/** A quantity of a line that something happens to, with what it is worth to the buyer in minor units. */
const PartOfParcel = { orderId: Id, parcelId: Id, sellerId: Id, lines: Type.Array(SkuQuantity, { minItems: 1 }) };

export const orders = {
  service: 'orders',
  calls: {
    /** What lines cost with shipping and tax: the one place where totals are made. Pure; nothing is kept. */
    price: query(ToPrice, Priced, 'unknown_seller', 'total_too_large'),
    /**
     * Places an order and starts its checkout saga; placing the same id again changes nothing. An id that was refused once
     * (`price_changed`) stays refused, so that a late duplicate cannot place it behind the shopper's back.
     */
    place: command(
      Type.Object(
        {
          orderId: Id,
          cartId: Id,
          shopperId: Id,
          currency: Currency,
          lines: Type.Array(OrderLine, { minItems: 1, maxItems: LIMITS.linesPerCart }),
          terms: Type.Array(SellerTerms, { minItems: 1 }),
          email: Type.String({ minLength: 3, maxLength: 254 }),
          shippingAddress: Address,
          paymentToken: Type.String({ minLength: 1, maxLength: 200 }),
          expectedTotal: Type.Optional(Money),
        },
        closed,
      ),
      Standing,
      'price_changed',
      'total_too_large',
      'unknown_seller',
      'sku_repeated',
      'shopper_erased',
    ),
    /** Makes sure that an order not placed yet never will be. One that is placed stays, as the answer tells. */
    refuse: command(Type.Object({ orderId: Id, cartId: Id, reason: Reason }, closed), Standing),
    /** Where the order stands; waits up to `waitMs` until it is no longer `placed`. */
    outcome: query(
      Type.Object({ orderId: Id, waitMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 30_000 })) }, closed),
      Standing,
      'unknown_order',
    ),
    /** An order of the shopper's own as it stands now; `contact` is null when the key that opens it was destroyed. */
    read: query(
      Type.Object({ orderId: Id, shopperId: Id }, closed),
      Type.Object(
        {
          order: ShownOrder,
          contact: Type.Union([Type.Object({ email: Type.String(), shippingAddress: Address }, closed), Type.Null()]),
          timeline: Type.Array(TimelineEntry),
        },
        closed,
      ),
      'unknown_order',
      'forbidden',
    ),
    /** The shopper's orders, newest first; with `after`, the token of a write, those of that write as well. */
    history: query(
      Type.Object(
        {
          shopperId: Id,
          limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize }),
          cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
          after: Type.Optional(Type.String({ maxLength: 4_096 })),
        },
        closed,
      ),
      OrderList,
      'invalid_cursor',
      'validation_failed',
    ),
    /** Ships a parcel, or the given part of it. */
    ship: command(
      Type.Object(
        { orderId: Id, parcelId: Id, lines: Type.Optional(Type.Array(SkuQuantity, { minItems: 1 })) },
        closed,
      ),
      Type.Object({ shipmentId: Id }, closed),
      'unknown_order',
      'unknown_parcel',
      'order_not_confirmed',
      'nothing_to_ship',
      'order_cancelled',
    ),
    /** Products by how many of the newest orders they are in, cancelled ones aside; counted anew once a minute at most. */
    popular: query(
      Type.Object({ limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize }) }, closed),
      Type.Object(
        { products: Type.Array(Type.Object({ productId: Id, orders: Type.Integer({ minimum: 1 }) }, closed)) },
        closed,
      ),
    ),
    /** Orders that wait for their sellers, oldest first. */
    toShip: query(
      Type.Object({ limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize }) }, closed),
      Type.Object(
        { orders: Type.Array(Type.Object({ orderId: Id, parcelIds: Type.Array(Id), confirmedAt: TimeMs }, closed)) },
        closed,
      ),
    ),
  },
  events: {
    OrderPlaced: event(
      1,
      Type.Object(
        {
          orderId: Id,
          cartId: Id,
          shopperId: Id,
          currency: Currency,
          country: Country,
          contact: Sealed,
          parcels: Type.Array(Parcel),
          totals: Totals,
          placedAt: TimeMs,
        },
        closed,
      ),
    ),
    /** Stock is reserved and the card authorised. */
    OrderConfirmed: event(1, Type.Object({ orderId: Id, lines: Type.Array(SkuQuantity), confirmedAt: TimeMs }, closed)),
    /**
     * The order ends without a shipment. `wasConfirmed` tells whether stock and authorisation stood; `lines` is what is given
     * back with this event (less what `LinesCancelled` gave back before; empty when the order was never confirmed).
     */
    OrderCancelled: event(
      1,
      Type.Object(
        {
          orderId: Id,
          cartId: Id,
          wasConfirmed: Type.Boolean(),
          reason: Reason,
          lines: Type.Array(SkuQuantity),
          cancelledAt: TimeMs,
        },
        closed,
      ),
    ),
    /** A part of a confirmed order is cancelled before shipment: `amount` (minor units) will not be captured; the rest goes on. */
    LinesCancelled: event(
      1,
      Type.Object({ ...PartOfParcel, cancellationId: Id, amount: Type.Integer(), cancelledAt: TimeMs }, closed),
    ),
    /** A parcel, or a part of it, is handed over: `amount` (minor units) is captured from the card. */
    ParcelShipped: event(
      1,
      Type.Object(
        {
          ...PartOfParcel,
          shipmentId: Id,
          amount: Type.Integer(),
          currency: Currency,
          commissionBasisPoints: Type.Integer(),
          contact: Sealed,
          country: Country,
          shippedAt: TimeMs,
        },
        closed,
      ),
    ),
    ParcelDelivered: event(1, Type.Object({ ...PartOfParcel, shipmentId: Id, deliveredAt: TimeMs }, closed)),
    /** Shipped goods come back or are made good: `amount` is paid back, from the seller's share. */
    RefundRequested: event(
      1,
      Type.Object(
        {
          ...PartOfParcel,
          refundId: Id,
          amount: Type.Integer(),
          currency: Currency,
          commissionBasisPoints: Type.Integer(),
          requestedAt: TimeMs,
        },
        closed,
      ),
    ),
  },
} as const;
