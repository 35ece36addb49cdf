import type { orders } from '../../contracts/orders.ts';
import type { EventOf } from '../../kernel/contract.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { bookSaga } from './book.saga.ts';
import { shipment } from './shipment.aggregate.ts';

type ParcelShipped = Extract<EventOf<typeof orders>, { type: 'ParcelShipped' }>['data'];

/** What shipping does about orders: a parcel that was handed over becomes a shipment, and a saga books it. */
export function hearOrders({ sagas, clock }: Pick<ServiceKit, 'sagas' | 'clock'>): SubscriptionSpec {
  return {
    name: 'orders',
    source: 'orders',
    on: {
      async ParcelShipped(event) {
        const { shipmentId, orderId, parcelId, sellerId, contact, lines } = event.data as ParcelShipped;
        const pieces = lines.reduce((total, { quantity }) => total + quantity, 0);
        const request = { shipmentId, orderId, parcelId, sellerId, contact, pieces };
        const input = { shipmentId };
        const started = await sagas.starting(bookSaga.name, shipmentId, input, undefined, event.metadata.traceparent);
        return { intents: [intent(shipment, shipmentId, { kind: 'request', request, now: clock.now() })], ...started };
      },
    },
  };
}
