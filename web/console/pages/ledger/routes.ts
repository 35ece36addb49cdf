import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const ledgerRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/ledger',
    component: lazyRouteComponent(() => import('./LedgerPage.tsx'), 'LedgerPage'),
  }),
] as const;
