import type { orders } from '../../contracts/orders.ts';
import type { EventOf } from '../../kernel/contract.ts';
import type { SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import type { Asking } from './asking.ts';

type Told<Type extends string> = Extract<EventOf<typeof orders>, { type: Type }>['data'];

/** What inventory does about orders: a confirmed one is sold, what is cancelled after that comes back on hand. */
export function hearOrders(asking: Asking): SubscriptionSpec {
  return {
    name: 'orders',
    source: 'orders',
    on: {
      OrderConfirmed(event) {
        const { orderId, lines } = event.data as Told<'OrderConfirmed'>;
        return {
          intents: lines.map(({ sku, quantity }) => asking(sku, { kind: 'sell', order: orderId, quantity })),
        };
      },
      OrderCancelled(event) {
        const { orderId, wasConfirmed, lines } = event.data as Told<'OrderCancelled'>;
        if (!wasConfirmed) return undefined;
        const returnId = `${orderId}.cancelled`;
        return {
          intents: lines.map(({ sku, quantity }) =>
            asking(sku, { kind: 'takeBack', order: orderId, returnId, quantity }),
          ),
        };
      },
      LinesCancelled(event) {
        const { orderId, cancellationId: returnId, lines } = event.data as Told<'LinesCancelled'>;
        return {
          intents: lines.map(({ sku, quantity }) =>
            asking(sku, { kind: 'takeBack', order: orderId, returnId, quantity }),
          ),
        };
      },
    },
  };
}
