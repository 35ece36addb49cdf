import type { StorefrontPage } from '../storefront.ts';
import { errorPage } from './error/page.tsx';
import { productPage } from './product/page.tsx';

/** Every page by its folder's name; its view is what the edge's page of the same name presents. */
export const pages: Readonly<Record<string, StorefrontPage<unknown>>> = { product: productPage, error: errorPage };
