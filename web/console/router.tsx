import { createRouter } from '@tanstack/react-router';
import { hospitalRoutes } from './pages/hospital/routes.ts';
import { ledgerRoutes } from './pages/ledger/routes.ts';
import { ordersRoutes } from './pages/orders/routes.ts';
import { overviewRoutes } from './pages/overview/routes.ts';
import { productsRoutes } from './pages/products/routes.ts';
import { sagasRoutes } from './pages/sagas/routes.ts';
import { systemRoutes } from './pages/system/routes.ts';
import { topologyRoutes } from './pages/topology/routes.ts';
import { viewsRoutes } from './pages/views/routes.ts';
import { root } from './root.tsx';

/** All pages, each loaded when it is first opened. */
export const router = createRouter({
  routeTree: root.addChildren([
    ...overviewRoutes,
    ...topologyRoutes,
    ...ordersRoutes,
    ...productsRoutes,
    ...ledgerRoutes,
    ...hospitalRoutes,
    ...sagasRoutes,
    ...viewsRoutes,
    ...systemRoutes,
  ]),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router;
  }
}
