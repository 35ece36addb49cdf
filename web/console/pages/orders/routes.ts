import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const ordersRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/orders',
    component: lazyRouteComponent(() => import('./OrdersPage.tsx'), 'OrdersPage'),
  }),
] as const;
