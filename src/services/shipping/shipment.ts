import type { ShipmentStatus, shipping, TransitStatus } from '../../contracts/shipping.ts';
import type { EventOf } from '../../kernel/contract.ts';

/** Personal data under its person's key, as it came with the order. */
export type SealedContact = { readonly person: string; readonly sealed: string };

export type ShipmentRequest = {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly parcelId: string;
  readonly sellerId: string;
  readonly contact: SealedContact;
  readonly pieces: number;
};

/** One parcel, or a part of it, on its way: from the seller's hand-over to the buyer's door. */
export interface Shipment {
  readonly request: ShipmentRequest | undefined;
  readonly status: ShipmentStatus;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  /** What happened, oldest first. */
  readonly news: readonly { readonly status: ShipmentStatus; readonly at: number }[];
}

export type ShipmentEvent =
  | EventOf<typeof shipping>
  | { readonly type: 'ShipmentRequested'; readonly data: ShipmentRequest & { readonly at: number } }
  | { readonly type: 'ShipmentRefused'; readonly data: { readonly detail: string; readonly at: number } }
  /** The buyer was erased before the carrier was told where to go. */
  | { readonly type: 'ShipmentUnaddressable'; readonly data: { readonly at: number } }
  | { readonly type: 'ShipmentMoved'; readonly data: { readonly status: TransitStatus; readonly at: number } };

export const noShipment: Shipment = { request: undefined, status: 'requested', news: [] };

/** The shipment after an event: pure. */
export function evolve(shipment: Shipment, event: ShipmentEvent): Shipment {
  switch (event.type) {
    case 'ShipmentRequested': {
      const { at, ...request } = event.data;
      return heard({ ...shipment, request }, 'requested', at);
    }
    case 'ShipmentBooked': {
      const { carrier, trackingNumber, at } = event.data;
      return heard({ ...shipment, carrier, trackingNumber }, 'booked', at);
    }
    case 'ShipmentRefused':
      return heard(shipment, 'refused', event.data.at);
    case 'ShipmentUnaddressable':
      return heard(shipment, 'unaddressable', event.data.at);
    case 'ShipmentMoved':
      return heard(shipment, event.data.status, event.data.at);
    case 'ShipmentDelivered':
      return heard(shipment, 'delivered', event.data.at);
  }
}

/** News may overtake each other on the way to us: a delivered shipment stays delivered, one on its way is not booked again. */
function heard(shipment: Shipment, status: ShipmentStatus, at: number): Shipment {
  const news = [...shipment.news, { status, at }].sort((a, b) => a.at - b.at);
  const isOnItsWay = RANK[shipment.status] > RANK[status];
  return { ...shipment, news, status: isOnItsWay ? shipment.status : status };
}

const RANK: Readonly<Record<ShipmentStatus, number>> = {
  requested: 0,
  refused: 1,
  unaddressable: 1,
  booked: 1,
  in_transit: 2,
  out_for_delivery: 2,
  delivery_failed: 2,
  delivered: 3,
};
