import { shipping } from '../../contracts/shipping.ts';
import type { SagaWiring } from '../../platform/sagas/port.ts';
import type { ServiceDefinition } from '../../platform/service/port.ts';
import { type BookInput, bookSaga } from './book.saga.ts';
import { handlersOf } from './handlers.ts';
import { hearOrders } from './hear-orders.ts';
import { shippingRoutes } from './routes.ts';
import { shipment } from './shipment.aggregate.ts';

/** Parcels on their way: booked with the carrier, followed until they are delivered. */
export const shippingService: ServiceDefinition<typeof shipping> = {
  contract: shipping,
  aggregates: [shipment],
  collections: [],
  views: [],
  start(kit) {
    const handlers = handlersOf(kit);
    const booking: SagaWiring<BookInput> = { definition: bookSaga, ended: () => ({ intents: [] }) };
    return {
      handlers,
      subscriptions: [hearOrders(kit)],
      sagas: [booking],
      routes: shippingRoutes(kit, handlers),
    };
  },
};
