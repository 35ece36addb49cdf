import type { StorefrontPage } from '../../storefront.ts';
import { OrdersBody } from './OrdersBody.tsx';
import type { OrdersView } from './view.ts';

export const ordersPage: StorefrontPage<OrdersView> = {
  Body: OrdersBody,
  head: (_view, { words }) => ({ title: words.orders.title, description: words.orders.description, hidden: true }),
};
