import type { OrderStatus, orders, Parcel, Reason } from '../../contracts/orders.ts';
import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { EventOf } from '../../kernel/contract.ts';

/** What happened to an order. `CancellationRequested` stays inside: it waits for the checkout to end. */
export type OrderEvent =
  | EventOf<typeof orders>
  | {
      readonly type: 'CancellationRequested';
      readonly data: { readonly orderId: string; readonly reason: Reason; readonly requestedAt: number };
    };

/** What was agreed when the order was placed; it never changes. */
export type Placement = Extract<OrderEvent, { readonly type: 'OrderPlaced' }>['data'];

export type Order =
  | { readonly phase: 'unknown' }
  /** Its place was taken by a refusal: it can never be placed. */
  | { readonly phase: 'refused'; readonly reason: Reason }
  | Placed
  | Confirmed
  | Cancelled;

/** Waits for its checkout to end. */
export interface Placed {
  readonly phase: 'placed';
  readonly placement: Placement;
  readonly cancelRequested?: Reason;
}

/** Stock and authorisation stand; its parcels go their ways. */
export interface Confirmed {
  readonly phase: 'confirmed';
  readonly placement: Placement;
  readonly confirmedAt: number;
  readonly parcels: readonly ParcelState[];
  readonly shipments: readonly Shipment[];
  readonly refunds: readonly Refund[];
  /** The ids of the partial cancellations so far. */
  readonly cancellations: readonly string[];
}

export interface Cancelled {
  readonly phase: 'cancelled';
  readonly placement: Placement;
  readonly wasConfirmed: boolean;
  readonly reason: Reason;
  readonly cancelledAt: number;
}

/** How far a parcel is. Amounts in minor units. */
export interface ParcelState {
  readonly parcel: Parcel;
  /** In the order of the parcel's lines. */
  readonly pieces: readonly LinePieces[];
  /** Of the parcel's total, what shipments and cancellations have taken. */
  readonly settled: number;
  /** What shipments have taken, and what of it was paid back. */
  readonly captured: number;
  readonly refunded: number;
}

export interface LinePieces {
  readonly shipped: number;
  readonly cancelled: number;
  readonly refunded: number;
}

export interface Shipment {
  readonly shipmentId: string;
  readonly parcelId: string;
  readonly sellerId: string;
  readonly lines: readonly SkuQuantity[];
  readonly amount: number;
  readonly shippedAt: number;
  readonly deliveredAt?: number;
}

export interface Refund {
  readonly refundId: string;
  readonly parcelId: string;
  readonly lines: readonly SkuQuantity[];
  readonly amount: number;
  readonly requestedAt: number;
}

export const NO_PIECES: LinePieces = { shipped: 0, cancelled: 0, refunded: 0 };

export const noOrder: Order = { phase: 'unknown' };

/** The order after an event. */
export function evolve(order: Order, event: OrderEvent): Order {
  switch (event.type) {
    case 'OrderPlaced':
      return { phase: 'placed', placement: event.data };
    case 'OrderCancelled':
      return afterCancellation(order, event.data);
    case 'CancellationRequested':
      return order.phase === 'placed' ? { ...order, cancelRequested: event.data.reason } : order;
    case 'OrderConfirmed':
      return order.phase === 'placed' ? confirmed(order.placement, event.data.confirmedAt) : order;
    default:
      return order.phase === 'confirmed' ? afterFulfilment(order, event) : order;
  }
}

function confirmed(placement: Placement, confirmedAt: number): Confirmed {
  const parcels = placement.parcels.map((parcel) => ({
    parcel,
    pieces: parcel.lines.map(() => NO_PIECES),
    settled: 0,
    captured: 0,
    refunded: 0,
  }));
  return { phase: 'confirmed', placement, confirmedAt, parcels, shipments: [], refunds: [], cancellations: [] };
}

function afterCancellation(order: Order, data: EventData<'OrderCancelled'>): Order {
  const { reason, wasConfirmed, cancelledAt } = data;
  if (order.phase === 'unknown') return { phase: 'refused', reason };
  if (order.phase !== 'placed' && order.phase !== 'confirmed') return order;
  return { phase: 'cancelled', placement: order.placement, wasConfirmed, reason, cancelledAt };
}

type EventData<Type extends OrderEvent['type']> = Extract<OrderEvent, { readonly type: Type }>['data'];
type FulfilmentEvent = Extract<
  OrderEvent,
  { readonly type: 'LinesCancelled' | 'ParcelShipped' | 'ParcelDelivered' | 'RefundRequested' }
>;

function afterFulfilment(order: Confirmed, { type, data }: FulfilmentEvent): Confirmed {
  if (type === 'LinesCancelled') {
    const parcels = withPieces(order, data, 'cancelled', (parcel) => ({ settled: parcel.settled + data.amount }));
    return { ...order, parcels, cancellations: [...order.cancellations, data.cancellationId] };
  }
  if (type === 'ParcelShipped') {
    const { shipmentId, parcelId, sellerId, lines, amount, shippedAt } = data;
    const parcels = withPieces(order, data, 'shipped', (parcel) => ({
      settled: parcel.settled + amount,
      captured: parcel.captured + amount,
    }));
    return {
      ...order,
      parcels,
      shipments: [...order.shipments, { shipmentId, parcelId, sellerId, lines, amount, shippedAt }],
    };
  }
  if (type === 'RefundRequested') {
    const { refundId, parcelId, lines, amount, requestedAt } = data;
    const parcels = withPieces(order, data, 'refunded', (parcel) => ({ refunded: parcel.refunded + amount }));
    return { ...order, parcels, refunds: [...order.refunds, { refundId, parcelId, lines, amount, requestedAt }] };
  }
  const { shipmentId, deliveredAt } = data;
  return {
    ...order,
    shipments: order.shipments.map((each) => (each.shipmentId === shipmentId ? { ...each, deliveredAt } : each)),
  };
}

function withPieces(
  order: Confirmed,
  part: { readonly parcelId: string; readonly lines: readonly SkuQuantity[] },
  field: keyof LinePieces,
  amounts: (parcel: ParcelState) => Partial<ParcelState>,
): readonly ParcelState[] {
  const quantities = new Map(part.lines.map(({ sku, quantity }) => [sku, quantity]));
  return order.parcels.map((state) => {
    if (state.parcel.parcelId !== part.parcelId) return state;
    const pieces = state.pieces.map((each, index) => {
      const quantity = quantities.get(state.parcel.lines[index]?.sku ?? '');
      return quantity === undefined ? each : { ...each, [field]: each[field] + quantity };
    });
    return { ...state, pieces, ...amounts(state) };
  });
}

/** The status that the world sees; undefined for an order that was never placed. */
export function statusOf(order: Order): OrderStatus | undefined {
  if (order.phase === 'unknown' || order.phase === 'refused') return undefined;
  return order.phase === 'confirmed' ? fulfilmentStatus(order) : order.phase;
}

function fulfilmentStatus(order: Confirmed): OrderStatus {
  if (order.shipments.length === 0) return 'confirmed';
  if (order.parcels.some((parcel) => openLines(parcel).length > 0)) return 'partially_shipped';
  return order.shipments.every((shipment) => shipment.deliveredAt !== undefined) ? 'delivered' : 'shipped';
}

/** What of a parcel is neither shipped nor cancelled. */
export function openLines({ parcel, pieces }: ParcelState): readonly SkuQuantity[] {
  return linesLeft(parcel, pieces, (ordered, { shipped, cancelled }) => ordered - shipped - cancelled);
}

/** What of a parcel is shipped and not paid back. */
export function refundableLines({ parcel, pieces }: ParcelState): readonly SkuQuantity[] {
  return linesLeft(parcel, pieces, (_, { shipped, refunded }) => shipped - refunded);
}

function linesLeft(
  parcel: Parcel,
  pieces: readonly LinePieces[],
  left: (ordered: number, pieces: LinePieces) => number,
): readonly SkuQuantity[] {
  return parcel.lines
    .map(({ sku, quantity }, index) => ({ sku, quantity: left(quantity, pieces[index] ?? NO_PIECES) }))
    .filter(({ quantity }) => quantity > 0);
}
