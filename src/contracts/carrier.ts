import { Type } from 'typebox';
import { command } from './contract.ts';
import { Address, Id } from './shapes.ts';

const closed = { additionalProperties: false } as const;

/** What we ask of a carrier, in our words; an integration keeps the promise, and tells shipping what the carrier reports. */
export const carrier = {
  service: 'carrier',
  calls: {
    /** Books a shipment, once however often it is asked. */
    book: command(
      Type.Object({ shipmentId: Id, address: Address, pieces: Type.Integer({ minimum: 1 }) }, closed),
      Type.Object({ carrier: Type.String(), trackingNumber: Type.String() }, closed),
      'carrier_refused',
    ),
  },
  events: {},
} as const;
