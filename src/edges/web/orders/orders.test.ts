import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { admin, type Body } from '../../../../test/scenarios/api.ts';
import type { MemoryShop } from '../../../composition/memory-shop-harness.ts';
import { purchase, stockedShop, type Visitor, visitor } from '../visitor-harness.ts';

let shop: MemoryShop;
before(async () => {
  shop = await stockedShop();
});
after(() => shop[Symbol.asyncDispose]());

async function bought(guest: Visitor = visitor(shop.url)): Promise<{ guest: Visitor; orderId: string }> {
  const added = await guest.write('POST', '/web/v1/en/cart/lines?currency=GBP', { sku: 'teapot-1', quantity: 1 });
  const { body } = await guest.write('POST', '/web/v1/checkout', purchase(added.body.cartId, 2_899));
  assert.equal(body.status, 'confirmed', JSON.stringify(body));
  return { guest, orderId: body.orderId };
}

/** The next event of a stream. */
async function* events(response: Response): AsyncGenerator<{ id: string; data: Body }> {
  let text = '';
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const message = text.slice(0, end);
      text = text.slice(end + 2);
      const id = /^id: (.*)$/m.exec(message)?.[1];
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (id !== undefined && data !== undefined) yield { id, data: JSON.parse(data) };
    }
  }
}

const ship = (orderId: string) =>
  admin(shop, 'POST', `/v1/admin/orders/${orderId}/parcels/parcel-1/ship`, undefined, `ship-${orderId}`);

describe('an order’s page', () => {
  it('shows its shopper everything, the address too', async () => {
    const { guest, orderId } = await bought();
    const { order } = (await guest.get(`/web/v1/ko/orders/${orderId}`)).body;
    assert.deepEqual([order.status, order.isFinal, order.parcels[0].seller], ['confirmed', false, '도공']);
    assert.deepEqual([order.contact.email, order.contact.address.city], ['sun@example.com', 'London']);
    assert.match((await guest.get(`/ko/orders/${orderId}`)).body, /1 Market Street/);
  });

  it('shows nobody else more than that it cannot be shown, whether there is one or not', async () => {
    const { orderId } = await bought();
    const { guest: stranger } = await bought();
    for (const [who, id] of [
      [stranger, orderId],
      [visitor(shop.url), orderId],
      [stranger, 'ord_nothing'],
    ] as const) {
      assert.deepEqual((await who.get(`/web/v1/en/orders/${id}`)).body, { order: null });
      const page = await who.get(`/en/orders/${id}`);
      assert.match(page.body, /We cannot show this order here/);
      assert.ok(!page.body.includes('Market Street'));
      assert.equal((await who.get(`/web/v1/en/orders/${id}/events`)).body.code, 'unknown_order');
    }
  });

  it('changes as it happens, and goes on after the last that was heard', async () => {
    const { guest, orderId } = await bought();
    const path = `/web/v1/en/orders/${orderId}/events`;
    const left = new AbortController();
    const stream = events(await guest.raw(path, { signal: left.signal }));
    const first = (await stream.next()).value;
    assert.equal(first?.data.status, 'confirmed');
    await ship(orderId);
    const second = (await stream.next()).value;
    assert.equal(second?.data.status, 'shipped');
    assert.ok(Number(second?.id) > Number(first?.id));
    left.abort();
    await stream.next().catch(() => undefined);

    const resumed = new AbortController();
    const headers = { 'last-event-id': first?.id ?? '' };
    const again = events(await guest.raw(path, { headers, signal: resumed.signal }));
    assert.equal((await again.next()).value?.id, second?.id);
    resumed.abort();
    await again.next().catch(() => undefined);
  });

  it('says why it was cancelled', async () => {
    const guest = visitor(shop.url);
    const added = await guest.write('POST', '/web/v1/en/cart/lines?currency=GBP', { sku: 'teapot-1', quantity: 1 });
    const declined = await guest.write('POST', '/web/v1/checkout', purchase(added.body.cartId, 2_899, 'tok_declined'));
    const { order } = (await guest.get(`/web/v1/en/orders/${declined.body.orderId}`)).body;
    assert.deepEqual([order.status, order.isFinal, order.reason], ['cancelled', true, 'card_declined']);
  });
});

describe('the orders of a browser', () => {
  it('are listed newest first, ten a page, with what is in them', async () => {
    const guest = visitor(shop.url);
    const ids: string[] = [];
    for (let count = 0; count < 11; count++) ids.unshift((await bought(guest)).orderId);
    const first = (await guest.get('/web/v1/en/orders')).body;
    assert.deepEqual(
      first.orders.map(({ orderId }: { orderId: string }) => orderId),
      ids.slice(0, 10),
    );
    assert.deepEqual(first.orders[0].titles, ['Blue stoneware teapot']);
    const second = (await guest.get(`/web/v1/en/orders?cursor=${first.nextCursor}`)).body;
    assert.deepEqual([second.orders.length, second.orders[0].orderId, second.isFirst], [1, ids[10], false]);
    assert.equal((await guest.get('/web/v1/en/orders?cursor=made-up')).body.code, 'invalid_cursor');
  });

  it('are shown in spite of a token from elsewhere', async () => {
    const { guest } = await bought();
    guest.cookies.set('wrote', 'made-up');
    assert.equal((await guest.get('/web/v1/en/orders')).status, 200);
  });

  it('are none for who has bought nothing, and lost with the session', async () => {
    const { guest } = await bought();
    const nobody = (await visitor(shop.url).get('/web/v1/en/orders')).body;
    assert.deepEqual([nobody.orders, nobody.isLost], [[], false]);
    guest.cookies.set('shopper', 'forged');
    assert.equal((await guest.get('/web/v1/en/orders')).body.isLost, true);
    assert.match((await guest.get('/en/orders')).body, /cookies were deleted or changed/);
  });
});
