import { Type } from 'typebox';
import { payments } from '../../contracts/payments.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { SagaRun, SagaWiring } from '../../platform/sagas/port.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
import { type CaptureInput, captureSaga } from './capture.saga.ts';
import { handlersOf } from './handlers.ts';
import { hearOrders } from './hear-orders.ts';
import { ledger } from './ledger.ts';
import { ledgerBalancesView } from './ledger-balances.view.ts';
import { ledgerEntriesView } from './ledger-entries.view.ts';
import { payment } from './payment.aggregate.ts';
import { reconciledDays, reconciliationFindings } from './reconciliation-records.ts';
import { reconciliationRoutes } from './reconciliation-routes.ts';
import { reconciliationRuns } from './reconciliation-runs.ts';
import { keepReconciling } from './reconciliation-schedule.ts';
import { type RefundInput, refundSaga } from './refund.saga.ts';
import { paymentsRoutes } from './routes.ts';
import { type VoidInput, voidSaga } from './void.saga.ts';

const Settings = Type.Object({
  reconciliation: Type.Object(
    {
      /** Whether each day is compared with the processor's report by itself when it is over. */
      daily: Type.Boolean({ default: true }),
      /** How long after a day's end (midnight UTC) that is. */
      afterMs: Type.Integer({ minimum: 0, default: 2 * 3_600_000 }),
      lookEveryMs: Type.Integer({ minimum: 10, default: 60_000 }),
      /** So long around midnight a movement may stand on either side; a younger one is not compared yet. */
      graceMs: Type.Integer({ minimum: 0, maximum: 12 * 3_600_000, default: 15 * 60_000 }),
      /** The processor lets go of what it holds after so many days. */
      expiryDays: Type.Integer({ minimum: 1, default: 7 }),
    },
    { default: {} },
  ),
});

/** Money: what is held, taken and paid back on cards, and the ledger that says whose it is. */
export const paymentsService: ServiceDefinition<typeof payments> = {
  contract: payments,
  aggregates: [payment],
  collections: [reconciliationFindings, reconciledDays],
  views: [ledgerEntriesView, ledgerBalancesView],
  start(kit) {
    const { reconciliation } = settingsOf(Settings, kit.settings);
    const runs = reconciliationRuns(kit, reconciliation);
    const stop = reconciliation.daily ? keepReconciling(kit, reconciliation, reconciliation) : undefined;
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
      routes(http) {
        paymentsRoutes(kit, ledger(kit.view))(http);
        reconciliationRoutes(kit, runs)(http);
      },
      async stop() {
        await stop?.();
        await runs.close();
      },
    };
  },
};

function whenFailed<Input, Effect>({ state }: SagaRun<Input>, effect: (code: string) => Effect): Effect[] {
  return state.phase === 'failed' ? [effect(state.rejection?.code ?? 'processor_refused')] : [];
}
