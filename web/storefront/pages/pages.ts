import type { StorefrontPage } from '../storefront.ts';
import { cartPage } from './cart/page.tsx';
import { categoryPage } from './category/page.tsx';
import { checkoutPage } from './checkout/page.tsx';
import { errorPage } from './error/page.tsx';
import { homePage } from './home/page.tsx';
import { orderPage } from './order/page.tsx';
import { ordersPage } from './orders/page.tsx';
import { productPage } from './product/page.tsx';
import { searchPage } from './search/page.tsx';

/** Every page by its folder's name; its view is what the edge's page of the same name presents. */
export const pages: Readonly<Record<string, StorefrontPage<unknown>>> = {
  home: homePage,
  category: categoryPage,
  search: searchPage,
  product: productPage,
  cart: cartPage,
  checkout: checkoutPage,
  order: orderPage,
  orders: ordersPage,
  error: errorPage,
};
