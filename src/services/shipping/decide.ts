import type { TransitStatus } from '../../contracts/shipping.ts';
import type { Decider } from '../../kernel/decider.ts';
import { accept, type Decision, nothingToDo, reject } from '../../kernel/rejection.ts';
import { evolve, noShipment, type Shipment, type ShipmentEvent, type ShipmentRequest } from './shipment.ts';

export type ShipmentCommand =
  | { readonly kind: 'request'; readonly request: ShipmentRequest; readonly now: number }
  | { readonly kind: 'recordBooking'; readonly carrier: string; readonly trackingNumber: string; readonly now: number }
  | { readonly kind: 'recordRefusal'; readonly detail: string; readonly now: number }
  | { readonly kind: 'recordErasure'; readonly now: number }
  /** `at` is the carrier's time. */
  | { readonly kind: 'recordTransit'; readonly status: TransitStatus; readonly at: number };

export type ShipmentCode = 'unknown_shipment';

type Command<Kind extends ShipmentCommand['kind']> = Extract<ShipmentCommand, { kind: Kind }>;
type ShipmentDecision = Decision<ShipmentEvent, ShipmentCode>;

/** What a carrier may tell of one shipment; more is noise that a stream must not grow by. */
export const MOST_NEWS = 200;

export const shipmentDecider: Decider<Shipment, ShipmentCommand, ShipmentEvent, ShipmentCode> = {
  initial: noShipment,
  decide(command, shipment) {
    if (command.kind === 'request') return request(command, shipment);
    if (shipment.request === undefined) return reject('unknown_shipment', 'There is no such shipment.');
    switch (command.kind) {
      case 'recordBooking':
        return recordBooking(command, shipment, shipment.request);
      case 'recordRefusal':
        return whileRequested(shipment, {
          type: 'ShipmentRefused',
          data: { detail: command.detail, at: command.now },
        });
      case 'recordErasure':
        return whileRequested(shipment, { type: 'ShipmentUnaddressable', data: { at: command.now } });
      case 'recordTransit':
        return recordTransit(command, shipment, shipment.request);
    }
  },
  evolve,
};

function request({ request, now }: Command<'request'>, shipment: Shipment): ShipmentDecision {
  return shipment.request === undefined
    ? accept({ type: 'ShipmentRequested', data: { ...request, at: now } })
    : nothingToDo;
}

function recordBooking(
  { carrier, trackingNumber, now }: Command<'recordBooking'>,
  shipment: Shipment,
  { shipmentId, orderId, parcelId }: ShipmentRequest,
): ShipmentDecision {
  if (shipment.trackingNumber !== undefined) return nothingToDo;
  const data = { shipmentId, orderId, parcelId, carrier, trackingNumber, at: now };
  return accept({ type: 'ShipmentBooked', data });
}

function recordTransit(
  { status, at }: Command<'recordTransit'>,
  shipment: Shipment,
  { shipmentId, orderId, parcelId }: ShipmentRequest,
): ShipmentDecision {
  if (status === 'delivered') {
    if (shipment.status === 'delivered') return nothingToDo;
    return accept({ type: 'ShipmentDelivered', data: { shipmentId, orderId, parcelId, at } });
  }
  const isKnown = shipment.news.some((each) => each.status === status && each.at === at);
  if (isKnown || shipment.news.length >= MOST_NEWS) return nothingToDo;
  return accept({ type: 'ShipmentMoved', data: { status, at } });
}

function whileRequested(shipment: Shipment, event: ShipmentEvent): ShipmentDecision {
  return shipment.status === 'requested' ? accept(event) : nothingToDo;
}
