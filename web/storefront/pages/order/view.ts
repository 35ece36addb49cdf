import type { Answer } from '../../contract.ts';

export type OrderView = Answer<'/web/v1/{lang}/orders/{orderId}'>;
export type KnownOrder = NonNullable<OrderView['order']>;
export type OrderParcel = KnownOrder['parcels'][number];
export type OrderLine = OrderParcel['lines'][number];
