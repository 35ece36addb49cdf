import { accept, nothingToDo, reject } from '../../kernel/rejection.ts';
import type { Answer, Cancel, Deliver, RefundGoods, Ship } from './commands.ts';
import { type Confirmed, type OrderEvent, openLines, refundableLines } from './order.ts';
import { amountOf, type Part, partsOf } from './part.ts';

/** Hands over a parcel, or a part of it, which is worth its share of the parcel's total. */
export function ship({ shipmentId, parcelId, lines, now }: Ship, order: Confirmed): Answer {
  if (order.shipments.some((shipment) => shipment.shipmentId === shipmentId)) return nothingToDo;
  const state = order.parcels.find((each) => each.parcel.parcelId === parcelId);
  if (state === undefined) return reject('unknown_parcel', 'The order has no such parcel.');
  const taking = partsOf([state], openLines, lines);
  if (!taking.ok) {
    return reject('nothing_to_ship', 'There is less than that left to ship.', { sku: taking.sku, left: taking.left });
  }
  const [part] = taking.parts;
  if (part === undefined) return reject('nothing_to_ship', 'Everything of this parcel has been shipped or cancelled.');
  const { contact, country, currency } = order.placement;
  const { totals, terms } = state.parcel;
  const data = {
    ...partOfParcel(order, part),
    shipmentId,
    amount: amountOf(part, currency, totals.total - state.settled),
    currency,
    commissionBasisPoints: terms.commissionBasisPoints,
    contact,
    country,
    shippedAt: now,
  };
  return accept({ type: 'ParcelShipped', data });
}

/** A shipment has arrived; told again it changes nothing. */
export function deliver({ shipmentId, now }: Deliver, order: Confirmed): Answer {
  const shipment = order.shipments.find((each) => each.shipmentId === shipmentId);
  if (shipment === undefined) return reject('unknown_shipment', 'The order has no such shipment.');
  if (shipment.deliveredAt !== undefined) return nothingToDo;
  const { parcelId, sellerId, lines } = shipment;
  const { orderId } = order.placement;
  const data = { orderId, parcelId, sellerId, lines: [...lines], shipmentId, deliveredAt: now };
  return accept({ type: 'ParcelDelivered', data });
}

/** Pays back shipped goods: for each parcel their share of what was captured and not paid back yet. */
export function refund({ refundId, lines, now }: RefundGoods, order: Confirmed): Answer {
  if (order.refunds.some((each) => each.refundId.startsWith(`${refundId}.`))) return nothingToDo;
  const sold = new Set(order.parcels.flatMap((each) => each.parcel.lines.map((line) => line.sku)));
  const foreign = lines.find((line) => !sold.has(line.sku));
  if (foreign !== undefined) return reject('no_matching_sale', 'The order has no such line.', { sku: foreign.sku });
  const taking = partsOf(order.parcels, refundableLines, lines);
  if (!taking.ok) {
    const { sku, left } = taking;
    return reject('refund_exceeds_capture', 'Less than that was shipped and not paid back yet.', { sku, left });
  }
  return accept(...taking.parts.map((part) => refundRequested(refundId, order, part, now)));
}

/** A part of the order will not be shipped: for each parcel its share is not captured. */
export function cancelLines({ cancellationId, now }: Cancel, order: Confirmed, parts: readonly Part[]): OrderEvent[] {
  return parts.map((part) => ({
    type: 'LinesCancelled',
    data: {
      ...partOfParcel(order, part),
      cancellationId: `${cancellationId}.${part.of.parcel.parcelId}`,
      amount: amountOf(part, order.placement.currency, part.of.parcel.totals.total - part.of.settled),
      cancelledAt: now,
    },
  }));
}

function refundRequested(refundId: string, order: Confirmed, part: Part, now: number): OrderEvent {
  const { parcel, captured, refunded } = part.of;
  const { currency } = order.placement;
  return {
    type: 'RefundRequested',
    data: {
      ...partOfParcel(order, part),
      refundId: `${refundId}.${parcel.parcelId}`,
      amount: amountOf(part, currency, captured - refunded),
      currency,
      commissionBasisPoints: parcel.terms.commissionBasisPoints,
      requestedAt: now,
    },
  };
}

function partOfParcel(order: Confirmed, { of: { parcel }, lines }: Part) {
  const { parcelId, sellerId } = parcel;
  return { orderId: order.placement.orderId, parcelId, sellerId, lines: [...lines] };
}
