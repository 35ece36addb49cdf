import { Id } from '../../../contracts/shapes.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';
import { orderSchema } from './order.view.ts';
import { OF_ORDER, readOrder } from './read-order.ts';

/** An order from placed to delivered. */
export function orderScreen(parts: MobileParts): Screen {
  const gather = readOrder(parts) as unknown as Screen['gather'];
  return {
    ...{ path: '/orders/:orderId', tag: 'orders', summary: 'An order as it stands now', params: { orderId: Id } },
    ...{ view: { order: orderSchema(parts.dialect) }, keep: 'own', problems: OF_ORDER, gather },
  };
}
