import { cart } from '../../contracts/cart.ts';
import type { orders } from '../../contracts/orders.ts';
import type { EventOf } from '../../kernel/contract.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
import type { SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { cartAggregate } from './aggregate.ts';
import { changes } from './changes.ts';
import { checkouts } from './checkout.ts';
import { cartCopies, leaveCopies } from './copies.ts';
import { cartHandlers } from './handlers.ts';
import { CartSettings, cartRoutes } from './routes.ts';

/** What shoppers put together before they buy. */
export const cartService: ServiceDefinition<typeof cart> = {
  contract: cart,
  aggregates: [cartAggregate],
  collections: [],
  views: [],
  start(kit) {
    const settings = settingsOf(CartSettings, kit.settings);
    const { expiresAfterMs } = settings;
    const buying = checkouts(kit);
    const copies = kit.copies && leaveCopies(cartCopies(kit.copies, kit.random), kit);
    const carts = changes(kit, expiresAfterMs, buying, copies);
    return {
      handlers: cartHandlers(kit, { carts, buying, expiresAfterMs }),
      subscriptions: [cancellations],
      routes: cartRoutes(kit, { carts, buying, settings, copies }),
      stop: async () => copies?.stop(),
    };
  },
};

type Cancelled = Extract<EventOf<typeof orders>, { readonly type: 'OrderCancelled' }>['data'];

/** An order that came to nothing gives its cart back. */
const cancellations: SubscriptionSpec = {
  name: 'cancelled-orders',
  source: 'orders',
  on: {
    OrderCancelled: ({ data }) => {
      const { cartId, orderId, cancelledAt } = data as Cancelled;
      return { intents: [intent(cartAggregate, cartId, { type: 'reopen', orderId, now: cancelledAt })] };
    },
  },
};
