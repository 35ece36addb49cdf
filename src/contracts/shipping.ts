import { type Static, Type } from 'typebox';
import { command, event, query } from './contract.ts';
import { Id, Nothing, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;
const Shipment = { shipmentId: Id, orderId: Id, parcelId: Id };

/** What a carrier says on the way, in our words. */
export const TransitStatus = Type.Union([
  Type.Literal('in_transit'),
  Type.Literal('out_for_delivery'),
  Type.Literal('delivery_failed'),
  Type.Literal('delivered'),
]);
export type TransitStatus = Static<typeof TransitStatus>;

/** `requested` waits for the carrier; `unaddressable`: the person was erased before a label was made. */
export const ShipmentStatus = Type.Union([
  Type.Literal('requested'),
  Type.Literal('booked'),
  Type.Literal('refused'),
  Type.Literal('unaddressable'),
  ...TransitStatus.anyOf,
]);
export type ShipmentStatus = Static<typeof ShipmentStatus>;

export const shipping = {
  service: 'shipping',
  calls: {
    /** Asks the carrier to take a shipment, once however often it is asked. */
    book: command(Type.Object({ shipmentId: Id }, closed), Nothing, 'unknown_shipment', 'carrier_refused'),
    /** What the carrier tells of a shipment; the same news again changes nothing. `at` is the carrier's time. */
    recordTransit: command(
      Type.Object({ shipmentId: Id, status: TransitStatus, at: TimeMs }, closed),
      Nothing,
      'unknown_shipment',
    ),
    /** Where a shipment is: its tracking events, oldest first. */
    tracking: query(
      Type.Object({ shipmentId: Id }, closed),
      Type.Object(
        {
          ...Shipment,
          status: ShipmentStatus,
          carrier: Type.Optional(Type.String()),
          trackingNumber: Type.Optional(Type.String()),
          events: Type.Array(Type.Object({ status: ShipmentStatus, at: TimeMs }, closed)),
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
