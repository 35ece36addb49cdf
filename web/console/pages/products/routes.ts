import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { given, oneOf, textIn } from '../../parts/address.ts';
import { root } from '../../root.tsx';

/** With `q` what the shop's search finds; without it all that are kept, newest first. */
export interface ProductSearch {
  readonly q?: string;
  readonly status?: 'withdrawn';
  readonly seller?: string;
}

export interface StockSearch {
  readonly prefix?: string;
  readonly availability?: 'low_stock' | 'out_of_stock';
}

/** `key` names an import: with it an import that was cut short goes on, and one that is done shows its report. */
export interface ImportSearch {
  readonly key?: string;
}

export const productsRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/products',
    validateSearch: ({ q, status, seller }: Record<string, unknown>): ProductSearch =>
      given({ q: textIn(q), status: oneOf(status, ['withdrawn']), seller: textIn(seller) }),
    component: lazyRouteComponent(() => import('./ProductsPage.tsx'), 'ProductsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/products/new',
    component: lazyRouteComponent(() => import('./ProductPage.tsx'), 'NewProductPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/products/stock',
    validateSearch: ({ prefix, availability }: Record<string, unknown>): StockSearch =>
      given({ prefix: textIn(prefix), availability: oneOf(availability, ['low_stock', 'out_of_stock']) }),
    component: lazyRouteComponent(() => import('./StockPage.tsx'), 'StockPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/products/stock/$sku',
    component: lazyRouteComponent(() => import('./SkuPage.tsx'), 'SkuPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/products/import',
    validateSearch: ({ key }: Record<string, unknown>): ImportSearch => given({ key: textIn(key) }),
    component: lazyRouteComponent(() => import('./ImportPage.tsx'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/products/$productId',
    component: lazyRouteComponent(() => import('./ProductPage.tsx'), 'ProductPage'),
  }),
] as const;
