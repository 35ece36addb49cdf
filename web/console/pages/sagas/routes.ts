import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const sagasRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/sagas',
    component: lazyRouteComponent(() => import('./SagasPage.tsx'), 'SagasPage'),
  }),
] as const;
