import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../root.tsx';

export const AGES = ['any', 'ten', 'minute', 'ten_minutes', 'hour'] as const;
export const PHASES = ['all', 'forward', 'compensating'] as const;

/** What the list is narrowed to, in the address. */
export interface SagaSearch {
  readonly saga?: string;
  readonly phase?: (typeof PHASES)[number];
  readonly age?: (typeof AGES)[number];
}

export const sagasRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/sagas',
    component: lazyRouteComponent(() => import('./SagasPage.tsx'), 'SagasPage'),
    validateSearch: ({ saga, phase, age }: Record<string, unknown>): SagaSearch => {
      const [known, old] = [PHASES.find((each) => each === phase), AGES.find((each) => each === age)];
      return {
        ...(typeof saga === 'string' && { saga }),
        ...(known !== undefined && { phase: known }),
        ...(old !== undefined && { age: old }),
      };
    },
  }),
] as const;
