import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const viewsRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/views',
    component: lazyRouteComponent(() => import('./ViewsPage.tsx'), 'ViewsPage'),
  }),
] as const;
