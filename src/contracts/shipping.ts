import { Type } from 'typebox';
import { event, query } from './contract.ts';
import { Id, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;
const Shipment = { shipmentId: Id, orderId: Id, parcelId: Id };

export const shipping = {
  service: 'shipping',
  calls: {
    /** Where a shipment is: its tracking events, oldest first. */
    tracking: query(
      Type.Object({ shipmentId: Id }, closed),
      Type.Object(
        {
          ...Shipment,
          status: Type.String(),
          trackingNumber: Type.Optional(Type.String()),
          events: Type.Array(Type.Object({ status: Type.String(), at: TimeMs }, closed)),
        },
        closed,
      ),
      'unknown_shipment',
    ),
  },
  events: {
    ShipmentBooked: event(
      1,
      Type.Object({ ...Shipment, carrier: Type.String(), trackingNumber: Type.String(), at: TimeMs }, closed),
    ),
    ShipmentDelivered: event(1, Type.Object({ ...Shipment, at: TimeMs }, closed)),
  },
} as const;
