import type { payments } from '../../contracts/payments.ts';
import type { Handlers } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { CaseAction } from '../../platform/hospital/port.ts';
import type { SagaRun, SagaWiring } from '../../platform/sagas/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { type CaptureInput, captureSaga } from './capture.saga.ts';
import type { PaymentCommand } from './decide.ts';
import { payment } from './payment.aggregate.ts';
import { type RefundInput, refundSaga } from './refund.saga.ts';
import { type VoidInput, voidSaga } from './void.saga.ts';

type RefusalsKit = Pick<ServiceKit, 'store' | 'clock' | 'hospital'>;

/**
 * Money that the processor refuses to move for good: noted on the payment, and a case of the error hospital in the same commit,
 * for an order was shipped, cancelled or paid back all the same. A retry of the case asks the processor once more.
 */
export function refusals(
  { store, clock, hospital }: RefusalsKit,
  calls: Pick<Handlers<typeof payments>, 'capture' | 'refund' | 'voidPart'>,
) {
  const noting = (command: PaymentCommand) => intent(payment, command.orderId, command);

  /** Notes the wish anew where it was refused, asks, and notes another refusal. */
  async function again(
    wish: PaymentCommand,
    ask: () => Promise<Outcome<object>>,
    refusal: (code: string) => PaymentCommand,
  ): ReturnType<CaseAction> {
    const noted = await store.decide({ intents: [noting(wish)] });
    if (!noted.ok) return rejected(noted.rejection);
    const outcome = await ask();
    if (outcome.kind === 'rejected') await store.decide({ intents: [noting(refusal(outcome.rejection.code))] });
    return outcome.kind === 'done' ? done(undefined) : outcome;
  }

  const captures: SagaWiring<CaptureInput> = {
    definition: captureSaga,
    ended: (run) =>
      whenFailed(run, ({ orderId, shipmentId }, { code, detail }) => ({
        intents: [noting({ kind: 'refuseCapture', orderId, shipmentId, code, now: clock.now() })],
        documents: hospital.admitting({
          ...{ kind: 'capture_refused', key: shipmentId, subject: orderId, data: run.input, action: 'captureAgain' },
          detail: `A shipment has left and cannot be captured: ${detail}`,
        }),
      })),
  };

  const refunds: SagaWiring<RefundInput> = {
    definition: refundSaga,
    ended: (run) =>
      whenFailed(run, ({ orderId, refundId }, { code, detail }) => ({
        intents: [noting({ kind: 'refuseRefund', orderId, refundId, code, now: clock.now() })],
        documents: hospital.admitting({
          ...{ kind: 'refund_refused', key: refundId, subject: orderId, data: run.input, action: 'refundAgain' },
          detail: `A refund that was promised cannot be paid: ${detail}`,
        }),
      })),
  };

  const voids: SagaWiring<VoidInput> = {
    definition: voidSaga,
    ended: (run) =>
      whenFailed(run, ({ orderId, cancellationId }, { detail }) => ({
        intents: [],
        documents: hospital.admitting({
          ...{ kind: 'void_refused', key: cancellationId, subject: orderId, data: run.input, action: 'voidAgain' },
          detail: `What was cancelled is still held on the card: ${detail}`,
        }),
      })),
  };

  const caseActions: Readonly<Record<string, CaseAction>> = {
    captureAgain({ data, idempotencyKey }) {
      const input = data as CaptureInput;
      const { orderId, shipmentId } = input;
      return again(
        { kind: 'requestCapture', ...input, again: true, now: clock.now() },
        () => calls.capture(input, { idempotencyKey }),
        (code) => ({ kind: 'refuseCapture', orderId, shipmentId, code, now: clock.now() }),
      );
    },
    refundAgain({ data, idempotencyKey }) {
      const input = data as RefundInput;
      const { orderId, refundId } = input;
      return again(
        { kind: 'requestRefund', ...input, again: true, now: clock.now() },
        () => calls.refund(input, { idempotencyKey }),
        (code) => ({ kind: 'refuseRefund', orderId, refundId, code, now: clock.now() }),
      );
    },
    async voidAgain({ data, idempotencyKey }) {
      const outcome = await calls.voidPart(data as VoidInput, { idempotencyKey });
      return outcome.kind === 'done' ? done(undefined) : outcome;
    },
  };

  return { sagas: [captures, refunds, voids], caseActions };
}

type Ended = ReturnType<SagaWiring['ended']>;

function whenFailed<Input>(
  { input, state }: SagaRun<Input>,
  effects: (input: Input, refusal: { readonly code: string; readonly detail: string }) => Ended,
): Ended {
  if (state.phase !== 'failed') return { intents: [] };
  return effects(input, state.rejection ?? { code: 'processor_refused', detail: 'The card processor refused.' });
}
