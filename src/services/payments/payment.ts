import type { payments } from '../../contracts/payments.ts';
import type { Money } from '../../contracts/shapes.ts';
import type { EventOf } from '../../kernel/contract.ts';
import type { SellerShare } from './journal.ts';

/** Money on its way to or from the card: wished for, done, or refused by the processor. */
export interface Movement {
  readonly sellerId: string;
  readonly amount: number;
  readonly status: 'requested' | 'done' | 'refused';
}

/** The card payment of one order, in minor units of one currency. What is held and not promised can still be let go. */
export interface Payment {
  readonly currency: string | undefined;
  readonly authorised: number;
  readonly authorisedAt: number;
  /** The checkout gave up: an authorisation that arrives from now on is let go at once. */
  readonly barred: boolean;
  readonly captures: Readonly<Record<string, Movement>>;
  readonly refunds: Readonly<Record<string, Movement>>;
  /** What was let go, by cancellation. */
  readonly voids: Readonly<Record<string, number>>;
  readonly sellers: Readonly<Record<string, SellerShare>>;
}

export type PaymentEvent =
  | EventOf<typeof payments>
  | { readonly type: 'AuthorisationBarred'; readonly data: { readonly orderId: string; readonly at: number } }
  | {
      readonly type: 'CaptureRequested';
      readonly data: {
        readonly orderId: string;
        readonly shipmentId: string;
        readonly sellerId: string;
        readonly amount: Money;
        readonly commissionBasisPoints: number;
        readonly at: number;
      };
    }
  | {
      readonly type: 'CaptureRefused';
      readonly data: {
        readonly orderId: string;
        readonly shipmentId: string;
        readonly code: string;
        readonly at: number;
      };
    }
  | {
      readonly type: 'RefundRequested';
      readonly data: {
        readonly orderId: string;
        readonly refundId: string;
        readonly sellerId: string;
        readonly amount: Money;
        readonly at: number;
      };
    }
  | {
      readonly type: 'RefundRefused';
      readonly data: {
        readonly orderId: string;
        readonly refundId: string;
        readonly code: string;
        readonly at: number;
      };
    };

export const noPayment: Payment = {
  currency: undefined,
  authorised: 0,
  authorisedAt: 0,
  barred: false,
  captures: {},
  refunds: {},
  voids: {},
  sellers: {},
};

/** The payment after an event: pure. */
export function evolve(payment: Payment, event: PaymentEvent): Payment {
  switch (event.type) {
    case 'PaymentAuthorised': {
      const { amount, at } = event.data;
      return { ...payment, currency: amount.currency, authorised: amount.amount, authorisedAt: at };
    }
    case 'AuthorisationBarred':
      return { ...payment, barred: true };
    case 'PaymentVoided': {
      const { cancellationId, amount } = event.data;
      return { ...payment, voids: { ...payment.voids, [cancellationId]: amount.amount } };
    }
    case 'CaptureRequested': {
      const { shipmentId, sellerId, amount, commissionBasisPoints: basisPoints } = event.data;
      const known = payment.sellers[sellerId] ?? { basisPoints, captured: 0, refunded: 0 };
      return {
        ...payment,
        captures: { ...payment.captures, [shipmentId]: { sellerId, amount: amount.amount, status: 'requested' } },
        sellers: { ...payment.sellers, [sellerId]: known },
      };
    }
    case 'PaymentCaptured': {
      const { shipmentId, sellerId, amount } = event.data;
      const share = shareOf(payment, sellerId);
      return {
        ...payment,
        captures: { ...payment.captures, [shipmentId]: { sellerId, amount: amount.amount, status: 'done' } },
        sellers: { ...payment.sellers, [sellerId]: { ...share, captured: share.captured + amount.amount } },
      };
    }
    case 'CaptureRefused':
      return { ...payment, captures: refused(payment.captures, event.data.shipmentId) };
    case 'RefundRequested': {
      const { refundId, sellerId, amount } = event.data;
      return {
        ...payment,
        refunds: { ...payment.refunds, [refundId]: { sellerId, amount: amount.amount, status: 'requested' } },
      };
    }
    case 'PaymentRefunded': {
      const { refundId, sellerId, amount } = event.data;
      const share = shareOf(payment, sellerId);
      return {
        ...payment,
        refunds: { ...payment.refunds, [refundId]: { sellerId, amount: amount.amount, status: 'done' } },
        sellers: { ...payment.sellers, [sellerId]: { ...share, refunded: share.refunded + amount.amount } },
      };
    }
    case 'RefundRefused':
      return { ...payment, refunds: refused(payment.refunds, event.data.refundId) };
  }
}

/** What one seller's part of the payment has brought so far; nothing when it has no part. */
export function shareOf(payment: Payment, sellerId: string): SellerShare {
  return payment.sellers[sellerId] ?? { basisPoints: 0, captured: 0, refunded: 0 };
}

/** The sum of movements of the given standings, in minor units; of one seller where named. */
export function sumOf(
  movements: Readonly<Record<string, Movement>>,
  statuses: readonly Movement['status'][],
  sellerId?: string,
): number {
  let total = 0;
  for (const each of Object.values(movements)) {
    if (statuses.includes(each.status) && (sellerId === undefined || each.sellerId === sellerId)) total += each.amount;
  }
  return total;
}

/** What was released of the authorisation, in minor units. */
export function voidedOf(payment: Payment): number {
  return Object.values(payment.voids).reduce((a, b) => a + b, 0);
}

/** What is still held on the card and promised to no shipment. */
export function heldOf(payment: Payment): number {
  return payment.authorised - voidedOf(payment) - sumOf(payment.captures, ['requested', 'done']);
}

/** Whether the seller's captures have come far enough to pay back `amount` from them. */
export function isRefundable({ captures, refunds }: Payment, sellerId: string, amount: number): boolean {
  return sumOf(captures, ['done'], sellerId) - sumOf(refunds, ['done'], sellerId) >= amount;
}

function refused(movements: Readonly<Record<string, Movement>>, id: string): Readonly<Record<string, Movement>> {
  const movement = movements[id];
  return movement === undefined ? movements : { ...movements, [id]: { ...movement, status: 'refused' } };
}
