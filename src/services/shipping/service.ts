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
    const { handlers, caseActions } = handlersOf(kit);
    const booking: SagaWiring<BookInput> = {
      definition: bookSaga,
      ended: ({ id, input, state }) => ({
        intents: [],
        documents:
          state.phase === 'completed'
            ? []
            : kit.hospital.admitting({
                ...{ kind: 'booking_refused', key: id, subject: id, data: input, action: 'bookAgain' },
                detail: `A parcel has no carrier: ${state.rejection?.detail ?? 'the booking was refused.'}`,
              }),
      }),
    };
    return {
      handlers,
      subscriptions: [hearOrders(kit)],
      sagas: [booking],
      caseActions,
      routes: shippingRoutes(kit, handlers),
    };
  },
};
