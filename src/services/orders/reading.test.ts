import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerOf } from '../../platform/http/problem.ts';
import { request, SHOPPER, shop } from './orders-harness.ts';

describe('a shopper’s own orders by calls', () => {
  it('are read with their timeline and the address, by nobody else', async () => {
    await using orders = await shop();
    const { shippingAddress, email } = request();
    const orderId = await orders.confirmed();
    const { order, contact, timeline } = answerOf(await orders.handlers.read({ orderId, shopperId: SHOPPER }, {}));
    assert.equal(order.status, 'confirmed');
    assert.deepEqual(contact, { email, shippingAddress });
    assert.deepEqual(
      timeline.map(({ type, status }) => [type, status]),
      [
        ['OrderPlaced', 'placed'],
        ['OrderConfirmed', 'confirmed'],
      ],
    );
    for (const [asked, code] of [
      [{ orderId, shopperId: 'shp-2' }, 'forbidden'],
      [{ orderId: 'ord_none', shopperId: SHOPPER }, 'unknown_order'],
    ] as const) {
      const outcome = await orders.handlers.read(asked, {});
      assert.equal(outcome.kind === 'rejected' && outcome.rejection.code, code);
    }
  });

  it('are listed newest first, page by page, each shopper’s own', async () => {
    await using orders = await shop();
    for (let count = 0; count < 3; count++) await orders.confirmed();
    const placed = await orders.handlers.place(request(), {});
    const after = answerOf(placed).token ?? '';
    const first = answerOf(await orders.handlers.history({ shopperId: SHOPPER, limit: 3, after }, {}));
    assert.equal(first.items.length, 3);
    const cursor = first.nextCursor ?? '';
    const second = answerOf(await orders.handlers.history({ shopperId: SHOPPER, limit: 3, cursor }, {}));
    assert.equal(second.items.length, 1);
    assert.deepEqual(answerOf(await orders.handlers.history({ shopperId: 'shp-2', limit: 3 }, {})).items, []);
    const wrong = await orders.handlers.history({ shopperId: SHOPPER, limit: 3, cursor: 'made-up' }, {});
    assert.equal(wrong.kind === 'rejected' && wrong.rejection.code, 'invalid_cursor');
  });

  it('are published as changed, each by its tag, once the answer is new', async () => {
    await using orders = await shop();
    const heard: string[] = [];
    orders.invalidations.subscribe((tags) => heard.push(...tags), assert.fail);
    const orderId = await orders.confirmed();
    assert.deepEqual([...new Set(heard)], [`order:${orderId}`]);
    assert.ok(heard.length >= 2, 'placed and confirmed are two changes');
  });
});
