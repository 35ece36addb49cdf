import type { ReportLine } from '../../contracts/card-processor.ts';
import type { PaymentEvent } from './payment.ts';

/** What the ledger says that the processor did: when we recorded it, which is after the processor booked it. */
export type Movement = ReportLine;

/** What can be different between our books and the processor's. */
export type DifferenceKind =
  | 'missing_at_processor'
  | 'missing_in_ledger'
  | 'amount_differs'
  | 'currency_differs'
  | 'duplicated_at_processor'
  | 'wrong_day'
  | 'still_authorised'
  | 'held_past_expiry';

/** One difference, with what either side says: minor units and milliseconds. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly movement: Movement['kind'];
  readonly reference: string;
  readonly orderId: string;
  /** The day that it belongs to (UTC): of the report, or of the ledger where the report says nothing. */
  readonly day: string;
  readonly ours?: Side;
  readonly theirs?: Side;
}

export interface Side {
  readonly amount: number;
  readonly currency: string;
  readonly at: number;
}

/** The movement that an event of a payment records; undefined for one that records none. */
export function movementOf(event: PaymentEvent): Movement | undefined {
  switch (event.type) {
    case 'PaymentAuthorised':
      return moved('authorisation', event.data.orderId, event.data);
    case 'PaymentCaptured':
      return moved('capture', event.data.shipmentId, event.data);
    case 'PaymentVoided':
      return moved('void', event.data.cancellationId, event.data);
    case 'PaymentRefunded':
      return moved('refund', event.data.refundId, event.data);
    default:
      return undefined;
  }
}

function moved(
  kind: Movement['kind'],
  reference: string,
  { orderId, amount, at }: Extract<PaymentEvent, { type: 'PaymentAuthorised' }>['data'],
): Movement {
  return { kind, reference, authorisation: orderId, ...amount, at };
}

/** The difference in one sentence for whoever has to find out why. */
export function sentenceOf({ kind, movement, reference, orderId, day, ours, theirs }: Difference): string {
  const what = `the ${movement} ${reference} of order ${orderId}`;
  switch (kind) {
    case 'missing_at_processor':
      return `The processor's report of ${day} does not have ${what}, which the ledger has with ${shown(ours)}.`;
    case 'missing_in_ledger':
      return `The ledger does not have ${what}, which the processor's report of ${day} has with ${shown(theirs)}.`;
    case 'amount_differs':
    case 'currency_differs':
      return `The ledger has ${what} with ${shown(ours)}, the processor's report of ${day} with ${shown(theirs)}.`;
    case 'duplicated_at_processor':
      return `The processor's report of ${day} has ${what} more than once, again with ${shown(theirs)}.`;
    case 'wrong_day':
      return `The processor's report of ${day} has ${what}, which the ledger has at ${timeOf(ours)}.`;
    case 'still_authorised':
      return ours === undefined
        ? `The processor still holds ${shown(theirs)} for ${what}, whose checkout was undone.`
        : `The ledger has ${what} with ${shown(ours)}, but the processor did not let go of it by its report of ${day}.`;
    case 'held_past_expiry':
      return `Of ${what} ${shown(ours)} were neither captured nor let go until its authorisation of ${timeOf(ours)} expired.`;
  }
}

function shown(side: Side | undefined): string {
  return side === undefined ? 'nothing' : `${side.amount} ${side.currency} (minor units)`;
}

function timeOf(side: Side | undefined): string {
  return side === undefined ? 'no time' : new Date(side.at).toISOString();
}
