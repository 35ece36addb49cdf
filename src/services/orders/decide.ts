import type { Reason } from '../../contracts/orders.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { Decider } from '../../kernel/decider.ts';
import { accept, nothingToDo, reject } from '../../kernel/rejection.ts';
import type { Answer, Cancel, Confirm, OrderCommand, Place, Refuse } from './commands.ts';
import { cancelLines, deliver, refund, ship } from './fulfil.ts';
import { type Confirmed, evolve, noOrder, type Order, type OrderEvent, openLines, type Placed } from './order.ts';
import { partsOf, pieces } from './part.ts';

/** Answers a command to an order. */
export function decide(command: OrderCommand, order: Order): Answer {
  switch (command.type) {
    case 'place':
      return place(command, order);
    case 'refuse':
      return refuse(command, order);
    case 'confirm':
      return order.phase === 'placed' ? confirm(command, order) : knownOrder(order);
    case 'fail':
      return order.phase === 'placed' ? accept(cancelled(order, command.reason, [], command.now)) : knownOrder(order);
    case 'cancel':
      return cancel(command, order);
    case 'ship':
      return whenConfirmed(order, (confirmed) => ship(command, confirmed));
    case 'deliver':
      return whenConfirmed(order, (confirmed) => deliver(command, confirmed));
    case 'refund':
      return whenConfirmed(order, (confirmed) => refund(command, confirmed));
  }
}

/** The order: everything that may happen to it. */
export const order: Decider<Order, OrderCommand, OrderEvent, ProblemCode> = { initial: noOrder, decide, evolve };

function place({ placement }: Place, order: Order): Answer {
  if (order.phase === 'unknown') return accept({ type: 'OrderPlaced', data: placement });
  if (order.phase !== 'refused') return nothingToDo;
  const { code, detail, extra } = order.reason;
  return reject(code as ProblemCode, detail, extra);
}

function refuse({ orderId, cartId, reason, now }: Refuse, order: Order): Answer {
  if (order.phase !== 'unknown') return nothingToDo;
  const data = { orderId, cartId, wasConfirmed: false, reason, lines: [], cancelledAt: now };
  return accept({ type: 'OrderCancelled', data });
}

/** A cancellation asked for during the checkout takes effect here: the order is cancelled as a confirmed one, which gives back. */
function confirm({ now }: Confirm, order: Placed): Answer {
  const { orderId, parcels } = order.placement;
  const lines = parcels.flatMap((parcel) => parcel.lines.map(({ sku, quantity }) => ({ sku, quantity })));
  const confirmed: OrderEvent = { type: 'OrderConfirmed', data: { orderId, lines, confirmedAt: now } };
  return order.cancelRequested === undefined
    ? accept(confirmed)
    : accept(confirmed, cancelled(order, order.cancelRequested, lines, now));
}

function cancel(command: Cancel, order: Order): Answer {
  if (order.phase === 'placed') return requestCancellation(command, order);
  if (order.phase !== 'confirmed') return knownOrder(order);
  if (order.cancellations.some((id) => id.startsWith(`${command.cancellationId}.`))) return nothingToDo;
  if (command.by === 'shopper' && order.shipments.length > 0) {
    return reject('order_shipped', 'A part of the order is on its way already.');
  }
  const taking = partsOf(order.parcels, openLines, command.lines);
  if (!taking.ok) {
    return reject('nothing_to_cancel', 'There is less than that left to cancel.', {
      sku: taking.sku,
      left: taking.left,
    });
  }
  if (taking.parts.length === 0) return reject('nothing_to_cancel', 'Everything has been shipped or cancelled.');
  const lines = taking.parts.flatMap((part) => part.lines);
  const isTheRest = pieces(lines) === pieces(order.parcels.flatMap(openLines));
  return isTheRest && order.shipments.length === 0
    ? accept(cancelled(order, command.reason, lines, command.now))
    : accept(...cancelLines(command, order, taking.parts));
}

/** The checkout is under way elsewhere; its end will see the wish. */
function requestCancellation({ lines, reason, now }: Cancel, order: Placed): Answer {
  if (lines !== undefined) return notConfirmed;
  if (order.cancelRequested !== undefined) return nothingToDo;
  const data = { orderId: order.placement.orderId, reason, requestedAt: now };
  return accept({ type: 'CancellationRequested', data });
}

function cancelled(order: Placed | Confirmed, reason: Reason, lines: readonly SkuQuantity[], now: number): OrderEvent {
  const { orderId, cartId } = order.placement;
  const wasConfirmed = lines.length > 0;
  return {
    type: 'OrderCancelled',
    data: { orderId, cartId, wasConfirmed, reason, lines: [...lines], cancelledAt: now },
  };
}

const unknownOrder = reject('unknown_order', 'There is no such order.');
const notConfirmed = reject('order_not_confirmed', 'The order waits for stock and payment.');

/** Nothing to do for any order that exists. */
function knownOrder(order: Order): Answer {
  return order.phase === 'unknown' ? unknownOrder : nothingToDo;
}

function whenConfirmed(order: Order, decideOn: (order: Confirmed) => Answer): Answer {
  if (order.phase === 'confirmed') return decideOn(order);
  if (order.phase === 'placed') return notConfirmed;
  if (order.phase === 'cancelled') return reject('order_cancelled', 'The order has been cancelled.');
  return unknownOrder;
}
