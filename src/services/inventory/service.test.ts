import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventory } from '../../contracts/inventory.ts';
import { seededRandom } from '../../platform/clock/seeded.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { openEventStore } from '../../platform/event-store/open.ts';
import { memoryStorage } from '../../platform/storage/memory.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { listeningShop } from '../told-orders-harness.ts';
import { dueMarks, reservationsDue } from './due.ts';
import { inventoryService } from './service.ts';
import { stock } from './stock.aggregate.ts';
import { sweep } from './sweep.ts';

const lasting = (now: number) => ({ validUntil: now + 30_000, expiresAt: now + 600_000 });

test('300 buyers, 100 pieces: exactly 100 get one', async () => {
  await using shop = await listeningShop([{ definition: inventoryService }]);
  const client = shop.composition.calls.client(inventory);
  await client.setOnHand({ sku: 'LAST', onHand: 100 });
  const buyers = Array.from({ length: 300 }, () => shop.newOrderId());
  const lines = [{ sku: 'LAST', quantity: 1 }];
  const outcomes = await Promise.all(
    buyers.map((orderId) => client.reserve({ orderId, lines, ...lasting(shop.clock.now()) })),
  );
  const won = buyers.filter((_, index) => outcomes[index]?.kind === 'done');
  assert.equal(won.length, 100);
  const lost = outcomes.flatMap((outcome) => (outcome.kind === 'rejected' ? [outcome.rejection.code] : []));
  assert.deepEqual([lost.length, ...new Set(lost)], [200, 'out_of_stock']);

  for (const orderId of won) await shop.tell('OrderConfirmed', { orderId, lines, confirmedAt: shop.clock.now() });
  await shop.until(async () => (await levelOf(shop, 'LAST')).reserved === 0);
  assert.deepEqual(await levelOf(shop, 'LAST'), { sku: 'LAST', onHand: 0, reserved: 0, sold: 100 });
});

test('an order holds all of its lines or none', async () => {
  await using shop = await listeningShop([{ definition: inventoryService }]);
  const client = shop.composition.calls.client(inventory);
  await client.setOnHandMany({
    counts: [
      { sku: 'TEA', onHand: 5 },
      { sku: 'CUP', onHand: 1 },
    ],
  });
  const order = { orderId: shop.newOrderId(), ...lasting(shop.clock.now()) };
  const outcome = await client.reserve({
    ...order,
    lines: [
      { sku: 'TEA', quantity: 2 },
      { sku: 'CUP', quantity: 2 },
    ],
  });
  assert.deepEqual(outcome.kind === 'rejected' && outcome.rejection.extra, { sku: 'CUP', available: 1 });
  assert.equal((await levelOf(shop, 'TEA')).onHand, 5);
});

test('what is cancelled comes back, in part and as a whole, once', async () => {
  await using shop = await listeningShop([{ definition: inventoryService }]);
  const client = shop.composition.calls.client(inventory);
  await client.setOnHand({ sku: 'TEA', onHand: 10 });
  const orderId = shop.newOrderId();
  const now = shop.clock.now();
  await client.reserve({ orderId, lines: [{ sku: 'TEA', quantity: 5 }], ...lasting(now) });
  await shop.tell('OrderConfirmed', { orderId, lines: [{ sku: 'TEA', quantity: 5 }], confirmedAt: now });
  const part = { orderId, parcelId: 'p1', sellerId: 'sel', amount: 200, cancelledAt: now };
  await shop.tell('LinesCancelled', { ...part, cancellationId: 'c1', lines: [{ sku: 'TEA', quantity: 2 }] });
  await shop.until(async () => (await levelOf(shop, 'TEA')).onHand === 7);
  const whole = { orderId, cartId: 'crt', reason: { code: 'cancelled_by_shopper', detail: '' }, cancelledAt: now };
  await shop.tell('OrderCancelled', { ...whole, wasConfirmed: true, lines: [{ sku: 'TEA', quantity: 3 }] });
  await shop.until(async () => (await levelOf(shop, 'TEA')).onHand === 10);
  const again = await client.restock({ orderId, returnId: 'c1', lines: [{ sku: 'TEA', quantity: 2 }] });
  assert.equal(again.kind, 'done');
  assert.deepEqual(await levelOf(shop, 'TEA'), { sku: 'TEA', onHand: 10, reserved: 0, sold: 0 });
});

test('reservations that ran out are swept by the marks they left, and the marks with them', async () => {
  const clock = virtualClock();
  const storage = memoryStorage({ name: 'inventory', clock });
  const random = seededRandom(1);
  const store = await openEventStore({
    storage,
    aggregates: [stock],
    clock,
    random,
    owner: 'test',
    logger: silentLogger,
  });
  try {
    const kit = { store, documents: storage, clock, logger: silentLogger };
    const running = await inventoryService.start({ ...kit, settings: {} } as never);
    const reserve = (orderId: string, forMs: number) =>
      running.handlers.reserve(
        {
          orderId,
          lines: [{ sku: 'TEA', quantity: 1 }],
          validUntil: clock.now() + 1_000,
          expiresAt: clock.now() + forMs,
        },
        {},
      );
    await running.handlers.setOnHand({ sku: 'TEA', onHand: 1_000 }, {});
    await Promise.all(Array.from({ length: 450 }, (_, index) => reserve(`short${index}`, 60_000)));
    await reserve('long', 3_600_000);
    const marks = () =>
      storage.query({ collection: reservationsDue, generation: 0, where: {}, range: { field: 'due_at' }, limit: 10 });
    assert.equal((await marks()).length, 2);

    await clock.advance(130_000);
    assert.deepEqual((await store.load(stock, 'TEA')).state.reserved, 1);
    assert.equal((await marks()).length, 1);
    assert.equal(await sweep(kit, 5), false);
    await running.stop?.();
  } finally {
    await store.close();
  }
});

test('a mark is written once per SKU and minute', () => {
  const marks = dueMarks();
  const first = marks.marksFor(['TEA', 'CUP'], 60_000);
  assert.equal(first.documents.length, 2);
  assert.equal(marks.marksFor(['TEA'], 60_000).documents.length, 1, 'not committed yet');
  first.written();
  assert.equal(marks.marksFor(['TEA', 'CUP'], 119_999).documents.length, 0);
  assert.equal(marks.marksFor(['TEA'], 120_000).documents.length, 1);
});

test('stock is set, read and listed over HTTP', async () => {
  await using shop = await listeningShop([{ definition: inventoryService }]);
  for (const sku of ['A 1', 'B', 'C'])
    await shop.http.inject({
      method: 'PUT',
      url: `/v1/admin/stock/${encodeURIComponent(sku)}`,
      payload: { onHand: 4 },
    });
  const one = await shop.http.inject({ url: '/v1/admin/stock/A%201' });
  const { counts: _, ...level } = one.json();
  assert.deepEqual(level, {
    ...{ sku: 'A 1', onHand: 4, reserved: 0, sold: 0 },
    locations: [{ location: 'main', onHand: 4 }],
  });
  const list = async (cursor?: string) => {
    const url = `/v1/admin/stock?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`;
    return (await shop.http.inject({ url })).json() as { items: { sku: string }[]; nextCursor: string | null };
  };
  await shop.until(async () => (await list()).nextCursor !== null);
  const first = await list();
  const second = await list(first.nextCursor ?? undefined);
  assert.deepEqual(
    [...first.items, ...second.items].map(({ sku }) => sku),
    ['A 1', 'B', 'C'],
  );
  assert.equal(second.nextCursor, null);
  const refused = await shop.http.inject({ method: 'PUT', url: '/v1/admin/stock/B', payload: { onHand: -1 } });
  const keyed = (onHand: number) =>
    shop.http.inject({
      method: 'PUT',
      url: '/v1/admin/stock/B',
      headers: { 'idempotency-key': 'count-of-today' },
      payload: { onHand },
    });
  assert.equal((await keyed(9)).json().onHand, 9);
  assert.equal((await keyed(9)).json().onHand, 9);
  assert.equal((await keyed(8)).json().code, 'idempotency_key_reused');
  assert.equal(refused.json().code, 'validation_failed');
});

async function levelOf(shop: Awaited<ReturnType<typeof listeningShop>>, sku: string) {
  const outcome = await shop.composition.calls.client(inventory).levels({ skus: [sku] });
  assert.ok(outcome.kind === 'done');
  return outcome.answer.levels[0] ?? assert.fail();
}
