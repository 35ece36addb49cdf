import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const systemRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/system',
    component: lazyRouteComponent(() => import('./SystemPage.tsx'), 'SystemPage'),
  }),
] as const;
