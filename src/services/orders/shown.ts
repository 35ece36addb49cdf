import type { OrderLine, Totals } from '../../contracts/orders.ts';
import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import type { FoundOrder } from './finding/port.ts';
import {
  type Cancelled,
  type Confirmed,
  evolve,
  type LinePieces,
  NO_PIECES,
  noOrder,
  type Order,
  type OrderEvent,
  type ParcelState,
  type Placed,
  statusOf,
} from './order.ts';
import type {
  ListedOrder,
  MaskedContact,
  ShownLine,
  ShownOrder,
  ShownParcel,
  ShownTotals,
  TimelineEntry,
} from './shown.schema.ts';

/** An order that was placed, however far it is. */
export type KnownOrder = Placed | Confirmed | Cancelled;

/** Whether it was placed; an id that was refused is no order. */
export function isKnown(order: Order): order is KnownOrder {
  return order.phase !== 'unknown' && order.phase !== 'refused';
}

/** An order as its shopper sees it; `contact` is undefined when the key that opens it was destroyed. */
export function shownOrder(order: KnownOrder, contact: JsonObject | undefined, version: number): ShownOrder {
  const { orderId, cartId, currency, country, placedAt, totals } = order.placement;
  return {
    orderId,
    cartId,
    status: statusOf(order) ?? 'placed',
    cancelRequested: order.phase === 'placed' && order.cancelRequested !== undefined,
    ...(order.phase === 'cancelled' ? { reason: order.reason, cancelledAt: order.cancelledAt } : {}),
    ...(order.phase === 'confirmed' ? { confirmedAt: order.confirmedAt } : {}),
    currency,
    country,
    placedAt,
    contact: contact === undefined ? null : maskedContact(contact),
    parcels: shownParcels(order),
    totals: shownTotals(totals, currency),
    version,
  };
}

/** Totals with each amount as money. */
export function shownTotals(totals: Totals, currency: string): ShownTotals {
  const money = (amount: number) => ({ amount, currency });
  return {
    lines: money(totals.lines),
    shipping: money(totals.shipping),
    discount: money(totals.discount),
    tax: money(totals.tax),
    total: money(totals.total),
  };
}

function shownParcels(order: KnownOrder): ShownParcel[] {
  const { currency, parcels } = order.placement;
  if (order.phase === 'confirmed') return order.parcels.map((state) => shownParcel(state, order));
  return parcels.map(({ parcelId, sellerId, lines, totals }) => ({
    parcelId,
    sellerId,
    lines: lines.map((line) => shownLine(line, NO_PIECES, currency)),
    totals: shownTotals(totals, currency),
    shipments: [],
    refunds: [],
  }));
}

function shownParcel({ parcel, pieces }: ParcelState, order: Confirmed): ShownParcel {
  const { currency } = order.placement;
  const { parcelId, sellerId } = parcel;
  const isHere = (part: { readonly parcelId: string }) => part.parcelId === parcelId;
  return {
    parcelId,
    sellerId,
    lines: parcel.lines.map((line, index) => shownLine(line, pieces[index] ?? NO_PIECES, currency)),
    totals: shownTotals(parcel.totals, currency),
    shipments: order.shipments.filter(isHere).map(({ shipmentId, shippedAt, deliveredAt, ...part }) => ({
      shipmentId,
      ...shownPart(part, currency),
      shippedAt,
      ...(deliveredAt === undefined ? {} : { deliveredAt }),
    })),
    refunds: order.refunds.filter(isHere).map(({ refundId, requestedAt, ...part }) => ({
      refundId,
      ...shownPart(part, currency),
      requestedAt,
    })),
  };
}

function shownPart(part: { readonly lines: readonly SkuQuantity[]; readonly amount: number }, currency: string) {
  return { lines: [...part.lines], amount: { amount: part.amount, currency } };
}

function shownLine(line: OrderLine, pieces: LinePieces, currency: string): ShownLine {
  const { sku, productId, title, quantity, unitPrice } = line;
  return {
    sku,
    productId,
    title,
    quantity,
    unitPrice: { amount: unitPrice, currency },
    lineTotal: { amount: unitPrice * quantity, currency },
    ...pieces,
  };
}

/** Enough for its owner to recognise it, too little for anybody else. */
function maskedContact({ email, shippingAddress }: JsonObject): MaskedContact {
  const address = (shippingAddress ?? {}) as JsonObject;
  const [local = '', domain = ''] = String(email).split('@');
  const [initial = ''] = String(address.name);
  return {
    email: `${local.slice(0, 1)}***@${domain}`,
    name: `${initial}***`,
    city: String(address.city),
    country: String(address.country),
  };
}

const TOLD = ['parcelId', 'shipmentId', 'refundId', 'cancellationId', 'lines', 'amount', 'reason'];

/** Turns the events of an order's stream, told from the first on, into entries of its timeline: what its shopper may see. */
export function timeline(): (event: StoredEvent) => TimelineEntry {
  let order = noOrder;
  return ({ version, type, at, data }) => {
    order = evolve(order, { type, data } as unknown as OrderEvent);
    const told = TOLD.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]);
    return { version, type, at, status: statusOf(order) ?? 'cancelled', ...Object.fromEntries(told) };
  };
}

/** An order of the status view as an item of a list. */
export function listedOrder({ orderId, summary }: FoundOrder): ListedOrder {
  const { status, reason, placed_at, currency, total, parcels } = summary;
  return {
    orderId,
    status,
    ...(reason === undefined ? {} : { reason }),
    placedAt: placed_at,
    total: { amount: total, currency },
    parcels: [...parcels],
  };
}
