import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const productsRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/products',
    component: lazyRouteComponent(() => import('./ProductsPage.tsx'), 'ProductsPage'),
  }),
] as const;
