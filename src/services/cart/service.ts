import { cart } from '../../contracts/cart.ts';
import type { orders } from '../../contracts/orders.ts';
import type { EventOf } from '../../kernel/contract.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { ServiceDefinition, ServiceKit } from '../../platform/service/port.ts';
import type { SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { cartAggregate } from './aggregate.ts';
import { type CartSettings, cartRoutes } from './routes.ts';

const DAY_MS = 24 * 3_600_000;

/** What shoppers put together before they buy. */
export const cartService: ServiceDefinition<typeof cart> = {
  contract: cart,
  aggregates: [cartAggregate],
  collections: [],
  views: [],
  start: (kit) => ({ handlers: {}, subscriptions: [cancellations], routes: cartRoutes(kit, settingsIn(kit.settings)) }),
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

/** `expiresAfterMs` (default 30 days) and `defaultCurrency` (default GBP). Throws a RangeError for any other kind of value. */
function settingsIn({ expiresAfterMs = 30 * DAY_MS, defaultCurrency = 'GBP' }: ServiceKit['settings']): CartSettings {
  if (typeof expiresAfterMs !== 'number' || !Number.isSafeInteger(expiresAfterMs) || expiresAfterMs <= 0) {
    throw new RangeError('cart: the setting expiresAfterMs must be a positive whole number of milliseconds');
  }
  if (typeof defaultCurrency !== 'string' || !/^[A-Z]{3}$/.test(defaultCurrency)) {
    throw new RangeError('cart: the setting defaultCurrency must be an ISO 4217 code');
  }
  return { expiresAfterMs, defaultCurrency };
}
