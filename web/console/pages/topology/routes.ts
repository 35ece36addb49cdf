import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const topologyRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/topology',
    component: lazyRouteComponent(() => import('./TopologyPage.tsx'), 'TopologyPage'),
  }),
] as const;
