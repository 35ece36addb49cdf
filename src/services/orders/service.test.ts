import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { done, type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import { orderAggregate } from './aggregate.ts';
import { lineOf } from './fixture-orders.ts';
import { historyOf, newOrderId, request, SHOPPER, shop, WAIT_MS } from './orders-harness.ts';

describe('placing an order', () => {
  it('begins its checkout, which confirms it', async () => {
    await using orders = await shop();
    const orderId = await orders.confirmed();
    assert.deepEqual(
      orders.asked.map((each) => each.call),
      ['reserve', 'authorise'],
    );
    assert.deepEqual(orders.asked[1]?.request, {
      orderId,
      amount: { amount: 1_500 + 2_400 + 798, currency: 'GBP' },
      token: 'tok_visa',
    });
    assert.deepEqual(await historyOf(orders, orderId), ['OrderPlaced', 'OrderConfirmed']);
  });

  it('twice is placing it once', async () => {
    await using orders = await shop();
    const placing = request();
    const outcomes = await Promise.all([1, 2, 3].map(() => orders.handlers.place(placing, {})));
    for (const outcome of outcomes) assert.equal(outcome.kind, 'done');
    await orders.handlers.outcome({ orderId: placing.orderId, waitMs: WAIT_MS }, {});
    const again = await orders.handlers.place(placing, {});
    assert.equal(again.kind === 'done' && again.answer.status, 'confirmed');
    assert.equal(orders.asked.length, 2);
    assert.deepEqual(await historyOf(orders, placing.orderId), ['OrderPlaced', 'OrderConfirmed']);
  });

  it('at another total than expected is refused for good, and a placed order stays', async () => {
    await using orders = await shop();
    const dear = request({ expectedTotal: { amount: 1, currency: 'GBP' } });
    const { expectedTotal: _, ...willing } = dear;
    for (const placing of [dear, willing]) {
      const outcome = await orders.handlers.place(placing, {});
      assert.deepEqual(outcome.kind === 'rejected' && outcome.rejection.extra, {
        expected: { amount: 1, currency: 'GBP' },
        actual: { amount: 4_698, currency: 'GBP' },
      });
      assert.equal(outcome.kind === 'rejected' && outcome.rejection.code, 'price_changed');
    }
    assert.equal((await orders.ask('GET', `/v1/orders/${dear.orderId}`)).status, 404);
    const orderId = await orders.confirmed();
    const late = await orders.handlers.place({ ...dear, orderId }, {});
    assert.equal(late.kind === 'done' && late.answer.status, 'confirmed');
    const refusing = { orderId, cartId: 'crt-1', reason: { code: 'cart_changed', detail: 'Given up.' } };
    const refused = await orders.handlers.refuse(refusing, {});
    assert.equal(refused.kind === 'done' && refused.answer.status, 'confirmed');
  });

  it('with a SKU in two lines, or by somebody erased, is refused', async () => {
    await using orders = await shop();
    const twice = await orders.handlers.place(
      request({ lines: [lineOf('a', 'potter', 1, 1), lineOf('a', 'potter', 1, 2)] }),
      {},
    );
    assert.equal(twice.kind === 'rejected' && twice.rejection.code, 'sku_repeated');
    await orders.kit.keyring.seal('shp-2', {});
    await orders.kit.keyring.erase('shp-2');
    const erased = await orders.handlers.place(request({ shopperId: 'shp-2' }), {});
    assert.equal(erased.kind === 'rejected' && erased.rejection.code, 'shopper_erased');
  });
});

describe('the outcome', () => {
  it('is the cancellation with its reason when a partner refuses', async () => {
    await using orders = await shop({
      authorise: () => rejected({ code: 'card_declined', detail: 'The card was declined.' }),
    });
    const placing = request();
    await orders.handlers.place(placing, {});
    const outcome = await orders.handlers.outcome({ orderId: placing.orderId, waitMs: WAIT_MS }, {});
    assert.equal(outcome.kind === 'done' && outcome.answer.status, 'cancelled');
    assert.equal(outcome.kind === 'done' && outcome.answer.reason?.code, 'card_declined');
    assert.deepEqual(
      orders.asked.map((each) => each.call),
      ['reserve', 'authorise', 'release'],
    );
  });

  it('is still open when nobody has answered in time, and unknown for an order never placed', async () => {
    await using orders = await shop({ reserve: () => unknown('unreachable') });
    const placing = request();
    await orders.handlers.place(placing, {});
    const outcome = await orders.handlers.outcome({ orderId: placing.orderId, waitMs: 20 }, {});
    assert.equal(outcome.kind === 'done' && outcome.answer.status, 'placed');
    const none = await orders.handlers.outcome({ orderId: newOrderId(), waitMs: 20 }, {});
    assert.equal(none.kind === 'rejected' && none.rejection.code, 'unknown_order');
  });
});

describe('an order through the public API', () => {
  it('is shown to its shopper alone, the contact masked, and still after an erasure', async () => {
    await using orders = await shop();
    const url = `/v1/orders/${await orders.confirmed()}`;
    const { status, body } = await orders.ask('GET', url);
    assert.equal(status, 200);
    assert.equal(body.status, 'confirmed');
    assert.deepEqual(body.contact, { email: 'a***@example.com', name: 'A***', city: 'Leeds', country: 'GB' });
    assert.deepEqual(body.totals.total, { amount: 4_698, currency: 'GBP' });
    assert.deepEqual(body.parcels[0].lines[0], {
      sku: 'cup',
      productId: 'product-cup',
      title: { en: 'cup' },
      quantity: 3,
      unitPrice: { amount: 500, currency: 'GBP' },
      lineTotal: { amount: 1_500, currency: 'GBP' },
      shipped: 0,
      cancelled: 0,
      refunded: 0,
    });
    const other = orders.capabilities.issue('shp-9');
    assert.equal((await orders.ask('GET', url, { as: '' })).body.code, 'unauthorized');
    assert.equal((await orders.ask('GET', url, { as: other })).body.code, 'forbidden');
    assert.equal((await orders.ask('GET', `/v1/orders/${newOrderId()}`)).body.code, 'unknown_order');
    await orders.ask('POST', `/v1/admin/shoppers/${SHOPPER}/erase`);
    assert.equal((await orders.ask('GET', url)).body.contact, null);
  });

  it('keeps no personal data and no token in clear', async () => {
    await using orders = await shop();
    const orderId = await orders.confirmed();
    const kept = JSON.stringify(await orders.kit.store.history(orderAggregate, orderId));
    for (const secret of ['ann@example.com', 'Ann Potter', '1 Lane', 'LS1', 'tok_visa'])
      assert.ok(!kept.includes(secret));
  });

  it('is shipped, refunded and told on its timeline; a repeated key does each once', async () => {
    await using orders = await shop();
    const orderId = await orders.confirmed();
    const admin = `/v1/admin/orders/${orderId}`;
    const part = { body: { lines: [{ sku: 'cup', quantity: 1 }] }, key: 'ship-one-cup' };
    const first = await orders.ask('POST', `${admin}/parcels/parcel-1/ship`, part);
    assert.equal(first.status, 201);
    assert.equal(first.body.order.status, 'partially_shipped');
    const again = await orders.ask('POST', `${admin}/parcels/parcel-1/ship`, part);
    assert.equal(again.body.shipmentId, first.body.shipmentId);
    assert.equal((await orders.ask('POST', `${admin}/parcels/parcel-1/ship`)).status, 201);
    assert.equal(
      (await orders.ask('POST', `${admin}/parcels/parcel-2/ship`, { body: {} })).body.order.status,
      'shipped',
    );
    assert.equal((await orders.ask('POST', `${admin}/parcels/parcel-2/ship`)).body.code, 'nothing_to_ship');

    const refund = { body: { lines: [{ sku: 'towel', quantity: 1 }] }, key: 'refund-a-towel' };
    const paidBack = await orders.ask('POST', `${admin}/refunds`, refund);
    assert.equal(paidBack.status, 201);
    assert.deepEqual(paidBack.body.refunds[0].amount, { amount: 1_400, currency: 'GBP' });
    assert.deepEqual((await orders.ask('POST', `${admin}/refunds`, refund)).body.refunds, paidBack.body.refunds);
    const { key: _, ...keyless } = refund;
    assert.equal((await orders.ask('POST', `${admin}/refunds`, keyless)).body.code, 'idempotency_key_required');

    const deliveries = orders.running.subscriptions?.[0]?.on.ShipmentDelivered;
    const heard = { orderId, parcelId: 'parcel-1', shipmentId: first.body.shipmentId, at: 1 };
    const effects = await deliveries?.({ data: heard } as never);
    for (const _ of [1, 2]) await orders.kit.store.decide({ intents: effects?.intents ?? [] });

    const timeline = await orders.ask('GET', `/v1/orders/${orderId}/timeline`);
    assert.deepEqual(
      timeline.body.items.map((item: { type: string }) => item.type),
      [
        'OrderPlaced',
        'OrderConfirmed',
        'ParcelShipped',
        'ParcelShipped',
        'ParcelShipped',
        'RefundRequested',
        'ParcelDelivered',
      ],
    );
    assert.ok(!JSON.stringify(timeline.body).includes('sealed'));
  });

  it('is cancelled by its shopper, at once when confirmed and at the end of its checkout before', async () => {
    let letGo = () => {};
    const held = new Promise<Outcome<unknown>>((resolve) => {
      letGo = () => resolve(done({}));
    });
    await using orders = await shop({ authorise: () => held });
    const placing = request();
    await orders.handlers.place(placing, {});
    const { status, body } = await orders.ask('POST', `/v1/orders/${placing.orderId}/cancel`);
    assert.deepEqual([status, body.status, body.cancelRequested], [202, 'placed', true]);
    letGo();
    const outcome = await orders.handlers.outcome({ orderId: placing.orderId, waitMs: WAIT_MS }, {});
    assert.equal(outcome.kind === 'done' && outcome.answer.status, 'cancelled');
    assert.deepEqual(await historyOf(orders, placing.orderId), [
      'OrderPlaced',
      'CancellationRequested',
      'OrderConfirmed',
      'OrderCancelled',
    ]);
    const orderId = await orders.confirmed();
    const cancelled = await orders.ask('POST', `/v1/orders/${orderId}/cancel`, { key: 'cancel' });
    assert.deepEqual(
      [cancelled.status, cancelled.body.status, cancelled.body.reason.code, cancelled.body.reason.extra.by],
      [200, 'cancelled', 'order_cancelled', 'shopper'],
    );
    assert.equal((await orders.ask('POST', `/v1/orders/${orderId}/cancel`, { key: 'cancel' })).status, 200);
  });

  it('stands in its shopper’s history and in the lists, page by page, as soon as its token says', async () => {
    await using orders = await shop();
    const placed: string[] = [];
    let token = '';
    for (let count = 0; count < 3; count++) {
      const placing = request();
      const outcome = await orders.handlers.place(placing, {});
      token = (outcome.kind === 'done' && outcome.answer.token) || '';
      placed.push(placing.orderId);
    }
    const all = await orders.ask('GET', `/v1/orders?after=${token}`);
    assert.equal(all.body.stale, false);
    const idsIn = (body: { items: { orderId: string }[] }) => body.items.map((item) => item.orderId);
    assert.deepEqual(new Set(idsIn(all.body)), new Set(placed));
    const first = await orders.ask('GET', '/v1/orders?limit=2');
    const second = await orders.ask('GET', `/v1/orders?limit=2&cursor=${first.body.nextCursor}`);
    assert.deepEqual([...idsIn(first.body), ...idsIn(second.body)], idsIn(all.body));
    assert.equal(second.body.nextCursor, null);
    assert.equal((await orders.ask('GET', '/v1/orders?cursor=rubbish')).body.code, 'invalid_cursor');
    assert.equal((await orders.ask('GET', '/v1/orders?after=!')).body.code, 'validation_failed');
    assert.deepEqual(
      (await orders.ask('GET', '/v1/orders', { as: orders.capabilities.issue('shp-9') })).body.items,
      [],
    );
    for (const orderId of placed) await orders.handlers.outcome({ orderId, waitMs: WAIT_MS }, {});
    const last = await orders.handlers.ship(
      { orderId: placed[0] ?? '', parcelId: 'parcel-1' },
      { idempotencyKey: 'one' },
    );
    assert.equal(last.kind, 'done');
    const waitFor = async (count: number) => {
      for (let tries = 0; tries < 200; tries++) {
        const toShip = await orders.handlers.toShip({ limit: 10 }, {});
        const parcels = toShip.kind === 'done' ? toShip.answer.orders.flatMap((order) => order.parcelIds) : [];
        if (parcels.length === count) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      assert.fail('the orders that wait for their sellers were not listed');
    };
    await waitFor(5);
    const listed = await orders.ask('GET', '/v1/admin/orders?status=partially_shipped');
    assert.deepEqual(idsIn(listed.body), [placed[0]]);
    assert.equal((await orders.ask('GET', '/v1/admin/orders?status=confirmed')).body.items.length, 2);
  });
});

describe('live changes', () => {
  it('tell what was missed, then what happens', async () => {
    await using orders = await shop();
    const orderId = await orders.confirmed();
    const base = await orders.http.listen({ port: 0, host: '127.0.0.1' });
    const answer = await fetch(`${base}/v1/orders/${orderId}/events`, {
      headers: { authorization: `Bearer ${orders.capabilities.issue(SHOPPER)}`, 'last-event-id': '1' },
    });
    const reader = answer.body?.getReader();
    let heard = '';
    const until = async (text: string) => {
      while (!heard.includes(text)) heard += new TextDecoder().decode((await reader?.read())?.value);
    };
    await until('event: OrderConfirmed');
    await orders.handlers.ship({ orderId, parcelId: 'parcel-2' }, {});
    await until('event: ParcelShipped');
    assert.match(heard, /"status":"confirmed"[\s\S]*"status":"partially_shipped"/);
    assert.deepEqual(heard.match(/^id: .*$/gm), ['id: 2', 'id: 3']);
    await reader?.cancel();
  });
});
