import { payments } from '../../contracts/payments.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { SagaRun, SagaWiring } from '../../platform/sagas/port.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import { type CaptureInput, captureSaga } from './capture.saga.ts';
import { handlersOf } from './handlers.ts';
import { hearOrders } from './hear-orders.ts';
import { ledger } from './ledger.ts';
import { ledgerBalancesView } from './ledger-balances.view.ts';
import { ledgerEntriesView } from './ledger-entries.view.ts';
import { payment } from './payment.aggregate.ts';
import { type RefundInput, refundSaga } from './refund.saga.ts';
import { paymentsRoutes } from './routes.ts';
import { type VoidInput, voidSaga } from './void.saga.ts';

/** Money: what is held, taken and paid back on cards, and the ledger that says whose it is. */
export const paymentsService: ServiceDefinition<typeof payments> = {
  contract: payments,
  aggregates: [payment],
  collections: [],
  views: [ledgerEntriesView, ledgerBalancesView],
  start(kit) {
    const now = () => kit.clock.now();
    const captures: SagaWiring<CaptureInput> = {
      definition: captureSaga,
      ended: (run) => ({
        intents: whenFailed(run, (code) => {
          const { orderId, shipmentId } = run.input;
          return intent(payment, orderId, { kind: 'refuseCapture', orderId, shipmentId, code, now: now() });
        }),
      }),
    };
    const refunds: SagaWiring<RefundInput> = {
      definition: refundSaga,
      ended: (run) => ({
        intents: whenFailed(run, (code) => {
          const { orderId, refundId } = run.input;
          return intent(payment, orderId, { kind: 'refuseRefund', orderId, refundId, code, now: now() });
        }),
      }),
    };
    const voids: SagaWiring<VoidInput> = { definition: voidSaga, ended: () => ({ intents: [] }) };
    return {
      handlers: handlersOf(kit),
      subscriptions: [hearOrders(kit)],
      sagas: [captures, refunds, voids],
      routes: paymentsRoutes(kit, ledger(kit.view)),
    };
  },
};

function whenFailed<Input, Effect>({ state }: SagaRun<Input>, effect: (code: string) => Effect): Effect[] {
  return state.phase === 'failed' ? [effect(state.rejection?.code ?? 'processor_refused')] : [];
}
