import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { serverUnderTest } from '../../platform/http/server-harness.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import type { ReadStream } from './order-log.ts';
import { orderLogRoutes } from './order-log-routes.ts';

type Told = Pick<StoredEvent, 'type' | 'at'> & { data?: object; metadata?: object };

const traceId = '0af7651916cd43dd8448eb211c80319c';
const contact = { person: 'shp-1', sealed: 'Y2lwaGVydGV4dA' };
const entry = { currency: 'GBP', transfers: [{ debit: 'processor_receivable', credit: 'commission', amount: 12 }] };
const streams: Readonly<Record<string, readonly Told[]>> = {
  'order/ord-1': [
    {
      ...{ type: 'OrderPlaced', at: 10 },
      data: { shopperId: 'shp-1', contact, parcels: [{ lines: [{ sku: 'TEA' }, { sku: 'CUP' }] }] },
      metadata: { actor: 'shp-1', traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    },
    {
      type: 'ParcelShipped',
      at: 40,
      data: { shipmentId: 'shm-1', contact },
      metadata: { actor: 'admin kim', reason: 'by hand' },
    },
  ],
  'payment/ord-1': [
    { type: 'PaymentAuthorised', at: 20 },
    { type: 'PaymentCaptured', at: 50, data: { shipmentId: 'shm-1', entry }, metadata: { causation: 'epoch.0.102' } },
  ],
  'shipment/shm-1': [{ type: 'ShipmentRequested', at: 45, data: { contact } }],
  'stock/TEA': [
    { type: 'StockCounted', at: 1, data: { onHand: 5 } },
    { type: 'StockReserved', at: 20, data: { order: 'ord-1' } },
    { type: 'StockReserved', at: 21, data: { order: 'ord-2' } },
    { type: 'ReservationsExpired', at: 30, data: { orders: ['ord-0', 'ord-1'] } },
  ],
};

const reading: ReadStream = async ({ aggregate, id }) => {
  const stream = `${aggregate}/${id}`;
  if (stream === 'stock/CUP') throw new Error('the storage is out of reach');
  const events = (streams[stream] ?? []).map((told, index) => {
    const position = (aggregate === 'order' ? 101 : 201) + index;
    const place = { stream, version: index + 1, partition: 0, position, schemaVersion: 1 };
    return { data: {}, metadata: {}, ...told, ...place } as StoredEvent;
  });
  return { events, isWhole: stream !== 'stock/TEA' };
};

async function ask(orderId: string) {
  const http = await serverUnderTest();
  await orderLogRoutes(reading, virtualClock())(http);
  const answer = await http.inject({ url: `/console/api/orders/${orderId}/log` });
  return { text: answer.body, body: answer.json() };
}

test('an order is told from the logs of all services, in the order of time, with who, why and the trace', async () => {
  const { text, body } = await ask('ord-1');
  assert.deepEqual(
    body.events.map(({ at, service, type }: Record<string, unknown>) => [at, service, type]),
    [
      [10, 'orders', 'OrderPlaced'],
      [20, 'inventory', 'StockReserved'],
      [20, 'payments', 'PaymentAuthorised'],
      [30, 'inventory', 'ReservationsExpired'],
      [40, 'orders', 'ParcelShipped'],
      [45, 'shipping', 'ShipmentRequested'],
      [50, 'payments', 'PaymentCaptured'],
    ],
  );
  assert.deepEqual([body.shopperId, body.events[0].traceId], ['shp-1', traceId]);
  assert.deepEqual([body.events[4].actor, body.events[4].reason], ['admin kim', 'by hand']);
  assert.deepEqual(
    body.events.map(({ because }: { because?: string }) => because ?? ''),
    ['', '', '', '', '', '', 'ParcelShipped'],
  );
  assert.deepEqual(body.events[0].data.contact, { person: 'shp-1', sealed: true });
  assert.ok(!text.includes(contact.sealed), 'ciphertext was told');
});

test('its entries in the ledger are told, and so is what could not be looked through', async () => {
  const { body } = await ask('ord-1');
  assert.deepEqual(body.entries, [
    {
      ...{ at: 50, version: 2, type: 'PaymentCaptured', reference: 'shm-1' },
      transfers: [{ debit: 'processor_receivable', credit: 'commission', amount: { amount: 12, currency: 'GBP' } }],
    },
  ]);
  assert.deepEqual(body.incomplete, ['stock/CUP', 'stock/TEA']);
  assert.equal((await ask('ord-none')).body.code, 'unknown_order');
});
