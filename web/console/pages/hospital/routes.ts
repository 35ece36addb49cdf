import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const hospitalRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/hospital',
    component: lazyRouteComponent(() => import('./HospitalPage.tsx'), 'HospitalPage'),
  }),
] as const;
