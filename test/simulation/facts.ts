import type { Parcel } from '../../src/contracts/orders.ts';
import type { SkuQuantity } from '../../src/contracts/shapes.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import type { Stock } from '../../src/services/inventory/stock.ts';

export interface KnownOrder {
  readonly orderId: string;
  readonly cartId: string;
  readonly shopperId: string;
  readonly total: number;
  readonly parcels: readonly Parcel[];
  readonly contact: { readonly person: string; readonly sealed: string };
  placedTimes: number;
  confirmed: boolean;
  cancelled: boolean;
  shippedAmount: number;
  cancelledAmount: number;
}

/** A payment's amounts in minor units. */
export interface KnownPayment {
  authorised: number;
  voided: number;
  captured: number;
  refunded: number;
}

export interface KnownSku {
  /** The committed states, oldest first; index 0 is the state of no event. */
  readonly states: Stock[];
  /** What deliveries and counts have brought, less what they have taken away. */
  counted: number;
}

/** What is true, read off the commits at the moment they are made, without asking the shop. */
export interface Facts {
  readonly orders: Map<string, KnownOrder>;
  readonly shipments: Map<string, { readonly orderId: string; readonly lines: readonly SkuQuantity[] }>;
  readonly payments: Map<string, KnownPayment>;
  readonly skus: Map<string, KnownSku>;
  /** Orders that carts were fixed on and let go of: cart → order, absent when open. */
  readonly buying: Map<string, string>;
  readonly erased: Set<string>;
  /** Versions of every stream, by service and stream. */
  readonly versions: Map<string, number>;
}

export function noFacts(): Facts {
  return {
    orders: new Map(),
    shipments: new Map(),
    payments: new Map(),
    skus: new Map(),
    buying: new Map(),
    erased: new Set(),
    versions: new Map(),
  };
}

/** Takes up an event of orders; answers what is wrong with it. */
export function seeOrderEvent(facts: Facts, type: string, data: JsonObject): string | undefined {
  const orderId = String(data.orderId);
  if (type === 'OrderPlaced') {
    const { cartId, shopperId, totals, parcels, contact } = data as unknown as KnownOrder & {
      totals: { total: number };
    };
    const known = facts.orders.get(orderId);
    if (known !== undefined) return `order ${orderId} was placed twice`;
    facts.orders.set(orderId, {
      ...{ orderId, cartId, shopperId, parcels, contact, total: totals.total },
      ...{ placedTimes: 1, confirmed: false, cancelled: false, shippedAmount: 0, cancelledAmount: 0 },
    });
    return undefined;
  }
  const order = facts.orders.get(orderId);
  if (order === undefined) return type === 'OrderCancelled' ? undefined : `${type} of an order that was never placed`;
  if (type === 'OrderConfirmed') {
    if (order.cancelled) return `order ${orderId} was confirmed after it was cancelled`;
    order.confirmed = true;
  }
  if (type === 'OrderCancelled') order.cancelled = true;
  if (type === 'LinesCancelled') order.cancelledAmount += Number(data.amount);
  if (type === 'ParcelShipped') {
    order.shippedAmount += Number(data.amount);
    facts.shipments.set(String(data.shipmentId), { orderId, lines: data.lines as unknown as SkuQuantity[] });
  }
  if (order.shippedAmount + order.cancelledAmount > order.total)
    return `order ${orderId} of ${order.total} shipped ${order.shippedAmount} and cancelled ${order.cancelledAmount}`;
  return undefined;
}

/** Takes up an event of payments; answers what is wrong with it. */
export function seePaymentEvent(facts: Facts, type: string, data: JsonObject): string | undefined {
  const orderId = String(data.orderId);
  const amount = Number((data.amount as { amount?: number } | undefined)?.amount ?? 0);
  const payment = facts.payments.get(orderId) ?? { authorised: 0, voided: 0, captured: 0, refunded: 0 };
  facts.payments.set(orderId, payment);
  if (type === 'PaymentAuthorised') {
    if (payment.authorised > 0) return `the payment of ${orderId} was authorised twice`;
    payment.authorised = amount;
  }
  if (type === 'PaymentVoided') payment.voided += amount;
  if (type === 'PaymentCaptured') payment.captured += amount;
  if (type === 'PaymentRefunded') payment.refunded += amount;
  if (type === 'PaymentCaptured' || type === 'PaymentRefunded') {
    const { transfers } = data.entry as unknown as { transfers: readonly { amount: number }[] };
    const moved = transfers.reduce((sum, transfer) => sum + transfer.amount, 0);
    if (moved !== amount) return `the entry of ${type} of ${orderId} moves ${moved} instead of ${amount}`;
  }
  if (payment.captured + payment.voided > payment.authorised || payment.refunded > payment.captured)
    return `the payment of ${orderId} stands at ${JSON.stringify(payment)}`;
  return undefined;
}
