import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf, textIn } from '../../parts/address.ts';
import { root } from '../../root.tsx';

/** `at`: how the accounts stood at the end of a day of the reader's. */
export interface LedgerSearch {
  readonly at?: string;
}

export interface HistorySearch {
  readonly from?: string;
  readonly to?: string;
  readonly order?: 'oldest';
}

export const ledgerRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/ledger',
    validateSearch: ({ at }: Record<string, unknown>): LedgerSearch => given({ at: textIn(at) }),
    component: lazyRouteComponent(() => import('./LedgerPage.tsx'), 'LedgerPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ledger/accounts/$account',
    validateSearch: ({ from, to, order }: Record<string, unknown>): HistorySearch =>
      given({ from: textIn(from), to: textIn(to), order: oneOf(order, ['oldest']) }),
    component: lazyRouteComponent(() => import('./AccountPage.tsx'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ledger/why/$orderId/$reference',
    component: lazyRouteComponent(() => import('./WhyPage.tsx'), 'WhyPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ledger/reconciliation',
    component: lazyRouteComponent(() => import('./ReconciliationPage.tsx'), 'ReconciliationPage'),
  }),
] as const;
