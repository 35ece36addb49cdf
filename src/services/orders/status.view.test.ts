import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fold } from '../../kernel/decider.ts';
import type { OrderCommand } from './commands.ts';
import { order } from './decide.ts';
import { NOW, ORDER_ID, placement } from './fixture-orders.ts';
import type { OrderEvent } from './order.ts';
import { type OrderSummary, orderStatus } from './status.view.ts';

/** What the view tells after each of the commands. */
function told(...commands: readonly OrderCommand[]): readonly OrderSummary[] {
  const events: OrderEvent[] = [];
  let document: ReturnType<typeof orderStatus.apply>;
  return commands.map((command) => {
    const decision = order.decide(command, fold(order, events));
    if (!decision.ok) assert.fail(decision.rejection.code);
    for (const event of decision.events) {
      events.push(event);
      const heard = { ...event, data: event.data as never, source: 'orders', subject: ORDER_ID, metadata: {} };
      const place = { version: events.length, at: NOW, partition: 0, position: events.length };
      assert.deepEqual(orderStatus.keysOf({ ...heard, ...place }), [ORDER_ID]);
      document = orderStatus.apply(document ?? undefined, { ...heard, ...place }, ORDER_ID) ?? document;
    }
    return document as unknown as OrderSummary;
  });
}

const reason = { code: 'order_cancelled', detail: 'Cancelled.' };
const ship = (parcelId: string, shipmentId: string): OrderCommand => ({ type: 'ship', shipmentId, parcelId, now: NOW });

it('follows an order from its placing to its delivery, counting pieces by parcel', () => {
  const summaries = told(
    { type: 'place', placement },
    { type: 'confirm', now: NOW + 1 },
    {
      type: 'cancel',
      by: 'admin',
      cancellationId: 'cxl',
      lines: [{ sku: 'cup', quantity: 2 }],
      reason,
      now: NOW,
    },
    ship('parcel-1', 'shm-1'),
    ship('parcel-2', 'shm-2'),
    { type: 'deliver', shipmentId: 'shm-1', now: NOW },
    { type: 'deliver', shipmentId: 'shm-2', now: NOW },
  );
  assert.deepEqual(
    summaries.map((summary) => summary.status),
    ['placed', 'confirmed', 'confirmed', 'partially_shipped', 'shipped', 'shipped', 'delivered'],
  );
  assert.deepEqual(summaries.at(-1), {
    shopper_id: 'shp-1',
    status: 'delivered',
    placed_at: NOW,
    confirmed_at: NOW + 1,
    currency: 'GBP',
    total: placement.totals.total,
    parcels: [
      { parcelId: 'parcel-1', sellerId: 'potter', pieces: 4, shipped: 2, delivered: 2, cancelled: 2 },
      { parcelId: 'parcel-2', sellerId: 'weaver', pieces: 2, shipped: 2, delivered: 2, cancelled: 0 },
    ],
  });
});

it('tells why an order was cancelled, and nothing of one that was never placed', () => {
  const [, cancelled] = told({ type: 'place', placement }, { type: 'fail', reason, now: NOW });
  assert.deepEqual([cancelled?.status, cancelled?.reason], ['cancelled', reason]);
  const [refused] = told({ type: 'refuse', orderId: ORDER_ID, cartId: 'crt-1', reason, now: NOW });
  assert.equal(refused, undefined);
});
