import { Type } from 'typebox';
import { payments } from '../../contracts/payments.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
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
import { refusals } from './refusals.ts';
import { paymentsRoutes } from './routes.ts';

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
    const handlers = handlersOf(kit);
    const { sagas, caseActions } = refusals(kit, handlers);
    return {
      handlers,
      subscriptions: [hearOrders(kit)],
      sagas,
      caseActions,
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
