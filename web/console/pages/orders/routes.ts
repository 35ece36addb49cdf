import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf, textIn } from '../../parts/address.ts';
import { root } from '../../root.tsx';

export const ORDER_STATUSES = [
  'placed',
  'confirmed',
  'partially_shipped',
  'shipped',
  'delivered',
  'cancelled',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What the orders in the list are narrowed by; days are the reader's. */
export interface OrderSearch {
  readonly status?: OrderStatus;
  readonly shopper?: string;
  readonly seller?: string;
  readonly from?: string;
  readonly to?: string;
}

export const ordersRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/orders',
    validateSearch: ({ status, shopper, seller, from, to }: Record<string, unknown>): OrderSearch =>
      given({
        status: oneOf(status, ORDER_STATUSES),
        shopper: textIn(shopper),
        seller: textIn(seller),
        from: textIn(from),
        to: textIn(to),
      }),
    component: lazyRouteComponent(() => import('./OrdersPage.tsx'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/orders/$orderId',
    component: lazyRouteComponent(() => import('./OrderPage.tsx'), 'OrderPage'),
  }),
] as const;
