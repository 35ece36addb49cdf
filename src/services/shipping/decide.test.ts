import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold } from '../../kernel/decider.ts';
import { given } from '../../kernel/decider-spec.ts';
import { MOST_NEWS, type ShipmentCommand, shipmentDecider } from './decide.ts';
import type { ShipmentEvent, ShipmentRequest } from './shipment.ts';

const NOW = 1_800_000_000_000;
const nothing = { redelivery: 'nothing' } as const;
const ids = { shipmentId: 'shi', orderId: 'ord', parcelId: 'p1' };
const request: ShipmentRequest = { ...ids, sellerId: 'sel', contact: { person: 'shp', sealed: 'x' }, pieces: 2 };
const requested: ShipmentEvent = { type: 'ShipmentRequested', data: { ...request, at: NOW } };
const booked: ShipmentEvent = {
  type: 'ShipmentBooked',
  data: { ...ids, carrier: 'Haneul', trackingNumber: 'T1', at: NOW },
};
const moved = (status: 'in_transit' | 'out_for_delivery', at: number): ShipmentEvent => ({
  type: 'ShipmentMoved',
  data: { status, at },
});
const delivered: ShipmentEvent = { type: 'ShipmentDelivered', data: { ...ids, at: NOW + 9 } };
const book: ShipmentCommand = { kind: 'recordBooking', carrier: 'Haneul', trackingNumber: 'T1', now: NOW };

test('a shipment is requested and booked once', () => {
  given(shipmentDecider, [], nothing).when({ kind: 'request', request, now: NOW }).then([requested]);
  given(shipmentDecider, [requested], nothing).when(book).then([booked]);
  given(shipmentDecider, []).when(book).thenRejected('unknown_shipment');
});

test('the carrier may refuse it, or its buyer may have been erased', () => {
  given(shipmentDecider, [requested], nothing)
    .when({ kind: 'recordRefusal', detail: 'no', now: NOW })
    .then([{ type: 'ShipmentRefused', data: { detail: 'no', at: NOW } }]);
  given(shipmentDecider, [requested], nothing)
    .when({ kind: 'recordErasure', now: NOW })
    .then([{ type: 'ShipmentUnaddressable', data: { at: NOW } }]);
  given(shipmentDecider, [requested, booked]).when({ kind: 'recordErasure', now: NOW }).thenNothing();
});

test('news are kept once, and delivery is told once', () => {
  given(shipmentDecider, [requested, booked], nothing)
    .when({ kind: 'recordTransit', status: 'in_transit', at: NOW + 1 })
    .then([moved('in_transit', NOW + 1)]);
  given(shipmentDecider, [requested, booked], nothing)
    .when({ kind: 'recordTransit', status: 'delivered', at: NOW + 9 })
    .then([delivered]);
  given(shipmentDecider, [requested, booked, delivered])
    .when({ kind: 'recordTransit', status: 'delivered', at: NOW + 10 })
    .thenNothing();
  given(shipmentDecider, [])
    .when({ kind: 'recordTransit', status: 'delivered', at: NOW })
    .thenRejected('unknown_shipment');
});

test('a noisy carrier does not grow the stream for ever', () => {
  const noise = Array.from({ length: MOST_NEWS }, (_, index) => moved('in_transit', NOW + index));
  given(shipmentDecider, [requested, ...noise])
    .when({ kind: 'recordTransit', status: 'out_for_delivery', at: NOW - 1 })
    .thenNothing();
  given(shipmentDecider, [requested, ...noise], nothing)
    .when({ kind: 'recordTransit', status: 'delivered', at: NOW + 9 })
    .then([delivered]);
});

test('in whatever order news arrive, a delivered shipment is delivered and the news are in order of their time', () => {
  const news = [booked, moved('in_transit', NOW + 1), moved('out_for_delivery', NOW + 2), delivered];
  fc.assert(
    fc.property(fc.shuffledSubarray(news, { minLength: news.length }), (shuffled) => {
      const state = fold(shipmentDecider, [requested, ...shuffled]);
      assert.equal(state.status, 'delivered');
      assert.equal(state.trackingNumber, 'T1');
      assert.deepEqual(
        state.news.map(({ at }) => at),
        [NOW, NOW, NOW + 1, NOW + 2, NOW + 9],
      );
    }),
  );
});
