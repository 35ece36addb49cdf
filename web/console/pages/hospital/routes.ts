import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf, textIn } from '../../parts/address.ts';
import { root } from '../../root.tsx';

export const CASE_STATUSES = ['open', 'draining', 'closed'] as const;
export const AGES = ['hour', 'day', 'week'] as const;
export const CASE_SERVICES = ['cart', 'catalog', 'inventory', 'orders', 'payments', 'search', 'shipping'] as const;

/** What the cases in the list are narrowed by; `age` is how old they are at least, `status` absent means all. */
export interface CaseSearch {
  readonly status?: (typeof CASE_STATUSES)[number] | 'any';
  readonly service?: (typeof CASE_SERVICES)[number];
  readonly type?: string;
  readonly code?: string;
  readonly subject?: string;
  readonly age?: (typeof AGES)[number];
}

export const hospitalRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/hospital',
    validateSearch: ({ status, service, type, code, subject, age }: Record<string, unknown>): CaseSearch =>
      given({
        status: oneOf(status, [...CASE_STATUSES, 'any']),
        service: oneOf(service, CASE_SERVICES),
        type: textIn(type),
        code: textIn(code),
        subject: textIn(subject),
        age: oneOf(age, AGES),
      }),
    component: lazyRouteComponent(() => import('./HospitalPage.tsx'), 'HospitalPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/hospital/$caseId',
    component: lazyRouteComponent(() => import('./CasePage.tsx'), 'CasePage'),
  }),
] as const;
