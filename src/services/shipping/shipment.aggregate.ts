import type { Aggregate } from '../../platform/event-store/aggregate.ts';
import { type ShipmentCode, type ShipmentCommand, shipmentDecider } from './decide.ts';
import type { Shipment, ShipmentEvent } from './shipment.ts';

/** One stream per shipment. */
export const shipment: Aggregate<Shipment, ShipmentCommand, ShipmentEvent, ShipmentCode> = {
  name: 'shipment',
  decider: shipmentDecider,
  events: {
    ShipmentRequested: { version: 1 },
    ShipmentBooked: { version: 1 },
    ShipmentRefused: { version: 1 },
    ShipmentUnaddressable: { version: 1 },
    ShipmentMoved: { version: 1 },
    ShipmentDelivered: { version: 1 },
  },
};
