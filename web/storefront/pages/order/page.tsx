import { shortNumber } from '../../order-number.ts';
import type { StorefrontPage } from '../../storefront.ts';
import { OrderBody } from './OrderBody.tsx';
import type { OrderView } from './view.ts';

/** Without scripts, an order that goes on is loaded anew this often, in s. */
const RELOAD_S = 5;

export const orderPage: StorefrontPage<OrderView> = {
  Body: OrderBody,
  head: ({ order }, { words }) => ({
    title: order === null ? words.orders.hiddenTitle : words.orders.order(shortNumber(order.orderId)),
    description: words.orders.description,
    hidden: true,
    ...(order === null || order.isFinal ? {} : { reloadS: RELOAD_S }),
  }),
};
