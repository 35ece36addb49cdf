import { cardProcessor } from '../../contracts/card-processor.ts';
import type { payments } from '../../contracts/payments.ts';
import type { CallContext, Handlers } from '../../kernel/contract.ts';
import { done, type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { Decided } from '../../platform/event-store/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { PaymentCommand } from './decide.ts';
import { payment } from './payment.aggregate.ts';
import { isRefundable, type Payment, sumOf, voidedOf } from './payment.ts';
import { turnover } from './turnover.ts';

type Nothing = Outcome<object>;
type Wish = PaymentCommand extends infer Command
  ? Command extends PaymentCommand
    ? Omit<Command, 'orderId' | 'now'>
    : never
  : never;

/**
 * The calls of payments. Every question to the processor carries a reference that is fixed by what it is about, so that it
 * can be asked again; what it answered is recorded in one commit. Wishes that limit each other (capture, void, refund) are
 * noted before the processor is asked.
 */
export function handlersOf({
  store,
  clock,
  client,
  view,
}: Pick<ServiceKit, 'store' | 'clock' | 'client' | 'view'>): Handlers<typeof payments> {
  const processor = client(cardProcessor);

  const decide = (orderId: string, wish: Wish, context: CallContext, fresh = false): Promise<Decided> =>
    store.decide({
      intents: [intent(payment, orderId, { ...wish, orderId, now: clock.now() } as PaymentCommand, { fresh })],
      ...(context.traceparent === undefined ? {} : { metadata: { traceparent: context.traceparent } }),
    });

  async function recorded(orderId: string, wish: Wish, context: CallContext): Promise<Nothing> {
    const decided = await decide(orderId, wish, context);
    return decided.ok ? done({}) : rejected(decided.rejection);
  }

  const stateOf = async (orderId: string): Promise<Payment> => (await store.load(payment, orderId)).state;

  /** Lets go of what was recorded under a cancellation; nothing when nothing was held. */
  async function voidAtProcessor(orderId: string, cancellationId: string, context: CallContext): Promise<Nothing> {
    const { voids, currency } = await stateOf(orderId);
    const amount = voids[cancellationId];
    if (amount === undefined || currency === undefined) return done({});
    return processor.void({ reference: cancellationId, authorisation: orderId, amount: { amount, currency } }, context);
  }

  return {
    async authorise({ orderId, amount, token }, context) {
      const held = await processor.authorise({ reference: orderId, amount, token }, context);
      if (held.kind !== 'done') return held;
      // The checkout asks for a payment once; that the stream may exist already is left to the rare second time.
      const decided = await decide(orderId, { kind: 'authorise', amount }, context, true);
      const [recordedNow] = decided.ok ? decided.events : [];
      if (recordedNow !== undefined) return done({ authorisedAt: Number(recordedNow.data.at) });
      if (decided.ok) return done({ authorisedAt: (await stateOf(orderId)).authorisedAt });
      const letGo = await processor.void({ reference: barId(orderId), authorisation: orderId }, context);
      return letGo.kind === 'unknown' ? letGo : rejected(decided.rejection);
    },

    async void({ orderId }, context) {
      const barred = await recorded(orderId, { kind: 'bar', cancellationId: barId(orderId) }, context);
      if (barred.kind !== 'done') return barred;
      const { captures } = await stateOf(orderId);
      if (Object.keys(captures).length > 0) return voidAtProcessor(orderId, barId(orderId), context);
      return processor.void({ reference: barId(orderId), authorisation: orderId }, context);
    },

    async voidPart({ orderId, cancellationId, amount }, context) {
      const wish = { kind: 'void', cancellationId, ...(amount === undefined ? {} : { amount }) } as const;
      const noted = await recorded(orderId, wish, context);
      return noted.kind === 'done' ? voidAtProcessor(orderId, cancellationId, context) : noted;
    },

    async capture({ orderId, shipmentId, sellerId, amount, commissionBasisPoints }, context) {
      const wish = { kind: 'requestCapture', shipmentId, sellerId, amount, commissionBasisPoints } as const;
      const noted = await recorded(orderId, wish, context);
      if (noted.kind !== 'done' || (await stateOf(orderId)).captures[shipmentId]?.status === 'done') return noted;
      const captured = await processor.capture({ reference: shipmentId, authorisation: orderId, amount }, context);
      return captured.kind === 'done' ? recorded(orderId, { kind: 'recordCapture', shipmentId }, context) : captured;
    },

    async refund({ orderId, refundId, sellerId, amount }, context) {
      const noted = await recorded(orderId, { kind: 'requestRefund', refundId, sellerId, amount }, context);
      if (noted.kind !== 'done') return noted;
      const state = await stateOf(orderId);
      if (state.refunds[refundId]?.status === 'done') return noted;
      if (!isRefundable(state, sellerId, amount.amount)) return unknown('overloaded');
      const refunded = await processor.refund({ reference: refundId, authorisation: orderId, amount }, context);
      return refunded.kind === 'done' ? recorded(orderId, { kind: 'recordRefund', refundId }, context) : refunded;
    },

    async payment({ orderId }) {
      const state = await stateOf(orderId);
      if (state.currency === undefined) return rejected(noPayment(orderId));
      return done({
        orderId,
        currency: state.currency,
        authorised: state.authorised,
        captured: sumOf(state.captures, ['done']),
        refunded: sumOf(state.refunds, ['done']),
        voided: voidedOf(state),
      });
    },

    turnover: async ({ from }) => done({ hours: [...(await turnover(view, from))] }),
  };
}

/** Names the void of a checkout that was undone. */
function barId(orderId: string): string {
  return `${orderId}.void`;
}

function noPayment(orderId: string): Rejection {
  return { code: 'unknown_payment', detail: 'There is no payment for this order.', extra: { orderId } };
}
