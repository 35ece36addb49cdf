import { Type } from 'typebox';
import { Id } from '../../contracts/shapes.ts';
import { shipping } from '../../contracts/shipping.ts';
import type { Handlers } from '../../kernel/contract.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { shipment } from './shipment.aggregate.ts';

const OfShipment = Type.Object({ shipmentId: Id }, { additionalProperties: false });
const Tracking = shipping.calls.tracking.answer;

/** Tracking for the order's owner, and for those who run the shop. */
export function shippingRoutes(
  { store, capabilities }: Pick<ServiceKit, 'store' | 'capabilities'>,
  handlers: Handlers<typeof shipping>,
): HttpRoutes {
  return (http) => {
    http.get(
      '/v1/shipments/:shipmentId',
      {
        schema: {
          tags: ['shipments'],
          summary: 'Where a shipment is',
          params: OfShipment,
          response: { 200: Tracking },
        },
        config: { problems: ['unauthorized', 'forbidden', 'unknown_shipment'] },
      },
      async (request) => {
        const shopper = capabilities.shopperOf(request);
        if (shopper === undefined)
          throw new Problem('unauthorized', 'Send the token of your cart as `Authorization: Bearer`.');
        const { shipmentId } = request.params;
        const tracking = answerOf(await handlers.tracking({ shipmentId }, {}));
        const { state } = await store.load(shipment, shipmentId);
        if (state.request?.contact.person !== shopper)
          throw new Problem('forbidden', 'This shipment belongs to somebody else.');
        return tracking;
      },
    );

    http.get(
      '/v1/admin/shipments/:shipmentId',
      {
        schema: {
          tags: ['shipments'],
          summary: 'Where a shipment is',
          params: OfShipment,
          response: { 200: Tracking },
        },
        config: { problems: ['unknown_shipment'] },
      },
      async ({ params }) => answerOf(await handlers.tracking(params, {})),
    );
  };
}
