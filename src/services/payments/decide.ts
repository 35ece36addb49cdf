import type { Money } from '../../contracts/shapes.ts';
import type { Decider } from '../../kernel/decider.ts';
import { accept, type Decision, nothingToDo, reject } from '../../kernel/rejection.ts';
import { captureEntry, refundEntry } from './journal.ts';
import { evolve, heldOf, isRefundable, noPayment, type Payment, type PaymentEvent, shareOf, sumOf } from './payment.ts';

export type PaymentCommand = { readonly orderId: string; readonly now: number } & (
  | { readonly kind: 'authorise'; readonly amount: Money }
  /** The checkout is undone: nothing stays held, also of an authorisation not recorded yet. */
  | { readonly kind: 'bar'; readonly cancellationId: string }
  /** Without an amount: all that no shipment waits for. */
  | { readonly kind: 'void'; readonly cancellationId: string; readonly amount?: number }
  | {
      readonly kind: 'requestCapture';
      readonly shipmentId: string;
      readonly sellerId: string;
      readonly amount: Money;
      readonly commissionBasisPoints: number;
      /** A person asks once more for what was refused. */
      readonly again?: true;
    }
  | { readonly kind: 'recordCapture'; readonly shipmentId: string }
  | { readonly kind: 'refuseCapture'; readonly shipmentId: string; readonly code: string }
  | {
      readonly kind: 'requestRefund';
      readonly refundId: string;
      readonly sellerId: string;
      readonly amount: Money;
      readonly again?: true;
    }
  | { readonly kind: 'recordRefund'; readonly refundId: string }
  | { readonly kind: 'refuseRefund'; readonly refundId: string; readonly code: string }
);

export type PaymentCode =
  | 'payment_voided'
  | 'unknown_payment'
  | 'capture_exceeds_authorisation'
  | 'refund_exceeds_capture'
  | 'processor_refused';

type Command<Kind extends PaymentCommand['kind']> = Extract<PaymentCommand, { kind: Kind }>;
type PaymentDecision = Decision<PaymentEvent, PaymentCode>;

export const paymentDecider: Decider<Payment, PaymentCommand, PaymentEvent, PaymentCode> = {
  initial: noPayment,
  decide(command, payment) {
    switch (command.kind) {
      case 'authorise':
        return authorise(command, payment);
      case 'bar':
        return bar(command, payment);
      case 'void':
        return letGo(command, payment);
      case 'requestCapture':
        return requestCapture(command, payment);
      case 'recordCapture':
        return recordCapture(command, payment);
      case 'refuseCapture':
        return refuseCapture(command, payment);
      case 'requestRefund':
        return requestRefund(command, payment);
      case 'recordRefund':
        return recordRefund(command, payment);
      case 'refuseRefund':
        return refuseRefund(command, payment);
    }
  },
  evolve,
};

function authorise({ orderId, amount, now }: Command<'authorise'>, payment: Payment): PaymentDecision {
  if (payment.barred) return reject('payment_voided', 'The payment was voided before it was authorised.');
  if (payment.currency !== undefined) return nothingToDo;
  return accept({ type: 'PaymentAuthorised', data: { orderId, amount, at: now } });
}

function bar({ orderId, cancellationId, now }: Command<'bar'>, payment: Payment): PaymentDecision {
  if (payment.barred) return nothingToDo;
  const barred: PaymentEvent = { type: 'AuthorisationBarred', data: { orderId, at: now } };
  const held = heldOf(payment);
  return held === 0 ? accept(barred) : accept(barred, voided(orderId, cancellationId, held, payment, now));
}

function letGo({ orderId, cancellationId, amount, now }: Command<'void'>, payment: Payment): PaymentDecision {
  if (payment.currency === undefined) return unknownPayment(orderId);
  if (payment.voids[cancellationId] !== undefined) return nothingToDo;
  const held = heldOf(payment);
  const letGo = Math.min(held, amount ?? held);
  return letGo <= 0 ? nothingToDo : accept(voided(orderId, cancellationId, letGo, payment, now));
}

function requestCapture(command: Command<'requestCapture'>, payment: Payment): PaymentDecision {
  const { orderId, shipmentId, sellerId, amount, commissionBasisPoints, now } = command;
  const known = payment.captures[shipmentId];
  if (known !== undefined && known.status !== 'refused') return nothingToDo;
  if (known !== undefined && !command.again) return refusedForGood(shipmentId);
  if (payment.currency === undefined) return unknownPayment(orderId);
  if (amount.currency !== payment.currency || amount.amount > heldOf(payment))
    return reject('capture_exceeds_authorisation', 'The shipment is worth more than the card still holds.', {
      held: heldOf(payment),
    });
  const data = { orderId, shipmentId, sellerId, amount, commissionBasisPoints, at: now };
  return accept({ type: 'CaptureRequested', data });
}

function recordCapture({ orderId, shipmentId, now }: Command<'recordCapture'>, payment: Payment): PaymentDecision {
  const capture = payment.captures[shipmentId];
  if (capture === undefined || payment.currency === undefined) return unknownPayment(orderId);
  if (capture.status === 'done') return nothingToDo;
  if (capture.status === 'refused') return refusedForGood(shipmentId);
  const { sellerId } = capture;
  const amount = { amount: capture.amount, currency: payment.currency };
  const entry = captureEntry(sellerId, amount, shareOf(payment, sellerId));
  return accept({ type: 'PaymentCaptured', data: { orderId, shipmentId, sellerId, amount, entry, at: now } });
}

function refuseCapture(command: Command<'refuseCapture'>, payment: Payment): PaymentDecision {
  const { orderId, shipmentId, code, now } = command;
  if (payment.captures[shipmentId]?.status !== 'requested') return nothingToDo;
  return accept({ type: 'CaptureRefused', data: { orderId, shipmentId, code, at: now } });
}

function requestRefund(command: Command<'requestRefund'>, payment: Payment): PaymentDecision {
  const { orderId, refundId, sellerId, amount, now } = command;
  const known = payment.refunds[refundId];
  if (known !== undefined && known.status !== 'refused') return nothingToDo;
  if (known !== undefined && !command.again) return refusedForGood(refundId);
  if (payment.currency === undefined) return unknownPayment(orderId);
  const captured = sumOf(payment.captures, ['requested', 'done'], sellerId);
  const left = captured - sumOf(payment.refunds, ['requested', 'done'], sellerId);
  if (amount.currency !== payment.currency || amount.amount > left)
    return reject('refund_exceeds_capture', 'The refund is more than was captured for this seller.', { left });
  return accept({ type: 'RefundRequested', data: { orderId, refundId, sellerId, amount, at: now } });
}

function recordRefund({ orderId, refundId, now }: Command<'recordRefund'>, payment: Payment): PaymentDecision {
  const refund = payment.refunds[refundId];
  if (refund === undefined || payment.currency === undefined) return unknownPayment(orderId);
  if (refund.status === 'done') return nothingToDo;
  if (refund.status === 'refused') return refusedForGood(refundId);
  const { sellerId } = refund;
  if (!isRefundable(payment, sellerId, refund.amount))
    return reject('refund_exceeds_capture', 'What is to be refunded has not been captured yet.', { refundId });
  const amount = { amount: refund.amount, currency: payment.currency };
  const entry = refundEntry(sellerId, amount, shareOf(payment, sellerId));
  return accept({ type: 'PaymentRefunded', data: { orderId, refundId, sellerId, amount, entry, at: now } });
}

function refuseRefund(command: Command<'refuseRefund'>, payment: Payment): PaymentDecision {
  const { orderId, refundId, code, now } = command;
  if (payment.refunds[refundId]?.status !== 'requested') return nothingToDo;
  return accept({ type: 'RefundRefused', data: { orderId, refundId, code, at: now } });
}

function voided(
  orderId: string,
  cancellationId: string,
  amount: number,
  { currency = '' }: Payment,
  now: number,
): PaymentEvent {
  return { type: 'PaymentVoided', data: { orderId, cancellationId, amount: { amount, currency }, at: now } };
}

/** Its amount may have been let go or paid out otherwise since. */
function refusedForGood(reference: string): PaymentDecision {
  return reject('processor_refused', 'The card processor has refused this before.', { reference });
}

function unknownPayment(orderId: string): PaymentDecision {
  return reject('unknown_payment', 'There is no authorised payment for this order.', { orderId });
}
