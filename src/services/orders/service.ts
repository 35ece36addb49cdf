import { type Static, Type } from 'typebox';
import { orders } from '../../contracts/orders.ts';
import type { shipping } from '../../contracts/shipping.ts';
import type { EventOf } from '../../kernel/contract.ts';
import { done, rejected } from '../../kernel/outcome.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { SagaWiring } from '../../platform/sagas/port.ts';
import type { ServiceDefinition, ServiceKit } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
import type { SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { adminRoutes } from './admin.routes.ts';
import { orderAggregate } from './aggregate.ts';
import { type Checkout, checkoutSaga, type Deadlines } from './checkout.saga.ts';
import { embeddedFinder } from './finding/embedded.ts';
import { OutsideLists } from './finding/settings.ts';
import { fulfilment } from './fulfilment.ts';
import { indexRoutes } from './index.routes.ts';
import { ordersToShip } from './lists.ts';
import { liveOrders } from './live.ts';
import { outcomes, reasonOf } from './outcome.ts';
import { placing } from './place.ts';
import { popularProducts } from './popular.ts';
import { price } from './price.ts';
import { readingOf } from './reading.ts';
import { orderRoutes } from './routes.ts';
import { isKnown } from './shown.ts';
import { orderStatus } from './status.view.ts';
import { tagsOf } from './tags.ts';
import { tokens } from './tokens.ts';

const MINUTE_MS = 60_000;

const Settings = Type.Object({
  /** How long a checkout waits for the stock to be reserved, in ms. */
  reservationDeadlineMs: Type.Integer({ minimum: 1, default: 10 * MINUTE_MS }),
  /** How long it waits for the card, in ms. */
  paymentDeadlineMs: Type.Integer({ minimum: 1, default: 60 * MINUTE_MS }),
  /** How much longer than both the stock is held, in ms. */
  reservationMarginMs: Type.Integer({ minimum: 1, default: 15 * MINUTE_MS }),
  /** What answers lists of orders; without it the service's own view does. */
  lists: Type.Optional(OutsideLists),
});

/** What customers have bought: from the moment it is placed to the last refund. */
export const ordersService: ServiceDefinition<typeof orders> = {
  contract: orders,
  aggregates: [orderAggregate],
  collections: [],
  views: [orderStatus],
  async start(kit) {
    const settings = settingsOf(Settings, kit.settings);
    const deadlines = deadlinesIn(settings);
    const ourTokens = tokens(kit.documents.log);
    const ends = outcomes(kit.store, kit.clock, ourTokens.of);
    const live = liveOrders(kit.store);
    const { place, refuse } = placing(kit, deadlines, ourTokens);
    const { ship } = fulfilment(kit);
    const popular = popularProducts(kit);
    const { finder, index } = await finding(kit, settings.lists);
    const stopPublishing = kit.store.onCommitted((events) => kit.invalidations.publish(tagsOf(events)));
    return {
      handlers: {
        async price(request) {
          const pricing = price(request);
          return pricing.ok ? done(pricing.priced) : rejected(pricing.rejection);
        },
        place,
        refuse,
        async outcome({ orderId, waitMs = 0 }) {
          const standing = await ends.of(orderId, waitMs);
          return standing === undefined
            ? rejected({ code: 'unknown_order', detail: 'There is no such order.' })
            : done(standing);
        },
        ...readingOf(kit, finder, ourTokens),
        ship: ({ orderId, parcelId, lines }, { idempotencyKey, traceparent }) =>
          ship(orderId, parcelId, lines, { actor: 'seller', key: idempotencyKey, traceparent }),
        async toShip({ limit }) {
          return done({ orders: await ordersToShip(kit.view(orderStatus.name), limit) });
        },
        popular: async ({ limit }) => done({ products: [...(await popular.products(limit))] }),
      },
      sagas: [checkoutWiring(deadlines)],
      subscriptions: [deliveries],
      routes: async (http) => {
        await orderRoutes(kit, finder, ourTokens, live)(http);
        await adminRoutes(kit, finder)(http);
        if (index !== undefined) await indexRoutes(index)(http);
      },
      stop: async () => {
        stopPublishing();
        ends.close();
        live.close();
        popular.close();
        await index?.close();
      },
    };
  },
};

/** What is only needed with an OpenSearch is loaded only then. */
async function finding(kit: ServiceKit, outside: OutsideLists | undefined) {
  const embedded = embeddedFinder(kit.view(orderStatus.name), async (orderId) => {
    const { state } = await kit.store.load(orderAggregate, orderId);
    return isKnown(state) ? state.placement : undefined;
  });
  if (outside === undefined) return { finder: embedded, index: undefined };
  const { openOrderIndex } = await import('./finding/opensearch/index.ts');
  const index = openOrderIndex(kit, outside, embedded);
  return { finder: index.finder, index };
}

/** What the checkout's end does to its order, in one commit with the end. */
function checkoutWiring(deadlines: Deadlines): SagaWiring<Checkout> {
  return {
    definition: checkoutSaga(deadlines),
    ended: ({ id, state }) => {
      const failure = state.rejection ?? { code: 'step_timed_out', detail: 'The checkout did not complete.' };
      return {
        intents: [
          state.phase === 'completed'
            ? intent(orderAggregate, id, { type: 'confirm', now: state.since })
            : intent(orderAggregate, id, { type: 'fail', reason: reasonOf(failure), now: state.since }),
        ],
      };
    },
  };
}

type Delivered = Extract<EventOf<typeof shipping>, { readonly type: 'ShipmentDelivered' }>['data'];

const deliveries: SubscriptionSpec = {
  name: 'deliveries',
  source: 'shipping',
  on: {
    ShipmentDelivered: ({ data }) => {
      const { orderId, shipmentId, at } = data as Delivered;
      return { intents: [intent(orderAggregate, orderId, { type: 'deliver', shipmentId, now: at })] };
    },
  },
};

function deadlinesIn(settings: Static<typeof Settings>): Deadlines {
  const { reservationDeadlineMs, paymentDeadlineMs, reservationMarginMs } = settings;
  return { reserveMs: reservationDeadlineMs, paymentMs: paymentDeadlineMs, marginMs: reservationMarginMs };
}
