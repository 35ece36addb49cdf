import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startShop } from '../shop.ts';
import { admin, call, cartWith, checkout, eventually, order, type ShopUnderTest, stockShop } from './api.ts';

let shop: ShopUnderTest & { stop(): Promise<void> };
before(async () => {
  shop = await startShop();
  await stockShop(shop);
});
after(() => shop?.stop());

const found = (q: string) => async () => (await call(shop, 'GET', `/v1/search?q=${encodeURIComponent(q)}`)).body;
const holds = (productId: string) => (body: { hits?: { productId: string }[] }) =>
  body.hits?.some((item) => item.productId === productId) ?? false;

describe('browsing', () => {
  it('lists products and opens one, with an ETag that saves the second read', async () => {
    const list = await call(shop, 'GET', '/v1/products?limit=1&seller=potter');
    assert.equal(list.body.items.length, 1);
    const page = await call(shop, 'GET', '/v1/products/teapot');
    assert.equal(page.body.title.ko, '파란 도자기찻주전자');
    assert.equal(page.body.variants[0].sku, 'teapot-1');
    const etag = page.headers.get('etag') ?? '';
    assert.equal((await call(shop, 'GET', '/v1/products/teapot', { headers: { 'if-none-match': etag } })).status, 304);
  });

  it('pages through everything exactly once', async () => {
    const seen: string[] = [];
    for (let path = '/v1/products?limit=1'; ; ) {
      const { body } = await call(shop, 'GET', path);
      seen.push(...body.items.map((item: { productId: string }) => item.productId));
      if (body.nextCursor === null || body.nextCursor === undefined) break;
      path = `/v1/products?limit=1&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
    assert.deepEqual(seen.toSorted(), [...new Set(seen)].toSorted());
    for (const id of ['teapot', 'towel']) assert.ok(seen.includes(id));
  });

  it('finds by word, prefix, typo, Korean word and Korean mid-word', async () => {
    for (const q of ['teapot', 'stonew', 'teapto', '찻주전자', '도자기', '자기'])
      await eventually(found(q), holds('teapot'));
  });
});

describe('a whole order', () => {
  it('goes from the cart to the door, and the ledger knows the money', async () => {
    const cart = await cartWith(shop, { 'teapot-1': 1, 'towel-1': 2 });
    const priced = await call(shop, 'GET', `/v1/carts/${cart.cartId}`, { token: cart.token });
    const total = 2500 + 2 * 1200 + 2 * 399;
    assert.equal(priced.body.totals.total.amount, total);
    const placed = await checkout(shop, cart, { body: { expectedTotal: { amount: total, currency: 'GBP' } } });
    assert.equal(placed.status, 201, JSON.stringify(placed.body));
    const { orderId } = placed.body;
    const confirmed = await order(shop, orderId, cart.token);
    assert.equal(confirmed.status, 'confirmed');
    assert.deepEqual(confirmed.parcels.map((parcel: { sellerId: string }) => parcel.sellerId).toSorted(), [
      'potter',
      'weaver',
    ]);
    const [first, second] = confirmed.parcels;
    await admin(shop, 'POST', `/v1/admin/orders/${orderId}/parcels/${first.parcelId}/ship`, {}, `one-${orderId}`);
    assert.equal((await order(shop, orderId, cart.token)).status, 'partially_shipped');
    await admin(shop, 'POST', `/v1/admin/orders/${orderId}/parcels/${second.parcelId}/ship`, {}, `two-${orderId}`);
    assert.ok(['shipped', 'delivered'].includes((await order(shop, orderId, cart.token)).status));
    await eventually(
      () => order(shop, orderId, cart.token),
      (seen) => seen.status === 'delivered',
      30_000,
    );
    const timeline = await call(shop, 'GET', `/v1/orders/${orderId}/timeline`, { token: cart.token });
    assert.ok(timeline.body.items.length >= 5);
    await eventually(
      () => admin(shop, 'GET', '/v1/admin/ledger/trial-balance'),
      (balance) =>
        balance.currencies.some(
          (each: { debits: number; credits: number }) => each.debits >= total && each.debits === each.credits,
        ),
    );
    const history = await call(shop, 'GET', '/v1/orders', { token: cart.token });
    assert.deepEqual(
      history.body.items.map((item: { orderId: string }) => item.orderId),
      [orderId],
    );
  });

  it('is told live', async () => {
    const cart = await cartWith(shop, { 'towel-1': 1 });
    const { body } = await checkout(shop, cart);
    const events = await fetch(new URL(`/v1/orders/${body.orderId}/events`, shop.url), {
      headers: { authorization: `Bearer ${cart.token}` },
    });
    assert.match(events.headers.get('content-type') ?? '', /text\/event-stream/);
    const reader = events.body?.getReader();
    let heard = '';
    while (!heard.includes('"status":"confirmed"')) {
      const chunk = await reader?.read();
      assert.ok(chunk?.value !== undefined, `the stream ended after ${heard}`);
      heard += new TextDecoder().decode(chunk.value);
    }
    await reader?.cancel();
  });

  it('is cancelled by its shopper: stock and money are let go', async () => {
    const before = await admin(shop, 'GET', '/v1/admin/stock/teapot-1');
    const cart = await cartWith(shop, { 'teapot-1': 3 });
    const { body } = await checkout(shop, cart);
    const cancelled = await call(shop, 'POST', `/v1/orders/${body.orderId}/cancel`, {
      token: cart.token,
      headers: { 'idempotency-key': body.orderId },
    });
    assert.ok(cancelled.status < 300, JSON.stringify(cancelled.body));
    await eventually(
      () => order(shop, body.orderId, cart.token),
      (seen) => seen.status === 'cancelled',
    );
    await eventually(
      () => admin(shop, 'GET', '/v1/admin/stock/teapot-1'),
      (level) => level.onHand === before.onHand && level.reserved === before.reserved,
    );
  });
});

describe('a cart', () => {
  it('counts parallel adds, every one', async () => {
    const cart = await cartWith(shop, {});
    await Promise.all(
      Array.from({ length: 40 }, () =>
        call(shop, 'POST', `/v1/carts/${cart.cartId}/lines`, {
          token: cart.token,
          body: { sku: 'towel-1', quantity: 1 },
        }),
      ),
    );
    const seen = await call(shop, 'GET', `/v1/carts/${cart.cartId}`, { token: cart.token });
    assert.equal(seen.body.lines[0].quantity, 40);
  });

  it('is filled without being shown where the caller prefers so', async () => {
    const cart = await cartWith(shop, {});
    const added = await call(shop, 'POST', `/v1/carts/${cart.cartId}/lines`, {
      token: cart.token,
      body: { sku: 'towel-1', quantity: 2 },
      headers: { prefer: 'return=minimal' },
    });
    assert.equal(added.status, 204);
    assert.equal(added.headers.get('preference-applied'), 'return=minimal');
    const seen = await call(shop, 'GET', `/v1/carts/${cart.cartId}`, { token: cart.token });
    assert.equal(seen.body.lines[0].quantity, 2);
  });

  it('becomes one order however often it is clicked', async () => {
    const cart = await cartWith(shop, { 'towel-1': 1 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => checkout(shop, cart)));
    assert.equal(
      new Set(answers.map((answer) => answer.body.orderId)).size,
      1,
      JSON.stringify(answers.map((answer) => answer.body)),
    );
  });
});
