import type { Answer } from '../../contract.ts';

export type OrdersView = Answer<'/web/v1/{lang}/orders'>;
export type OrderItem = OrdersView['orders'][number];
