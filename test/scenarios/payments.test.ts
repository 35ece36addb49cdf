import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startShop } from '../shop.ts';
import {
  admin,
  assertProblem,
  call,
  cartWith,
  checkout,
  eventually,
  order,
  type ShopUnderTest,
  stockShop,
} from './api.ts';

let shop: ShopUnderTest & { readonly processorUrl: string; stop(): Promise<void> };
before(async () => {
  shop = await startShop();
  await stockShop(shop);
});
after(() => shop?.stop());

const authorisations = async (orderId: string) => {
  const answer = await fetch(new URL(`/authorisations/${orderId}`, shop.processorUrl));
  return { status: answer.status, body: await answer.json() };
};

describe('a declined card', () => {
  it('is said at once, holds nothing, and leaves the cart open for another card', async () => {
    const before = await admin(shop, 'GET', '/v1/admin/stock/teapot-1');
    const cart = await cartWith(shop, { 'teapot-1': 2 });
    assertProblem(await checkout(shop, cart, { paymentToken: 'tok_declined' }), 402, 'card_declined');
    await eventually(
      () => admin(shop, 'GET', '/v1/admin/stock/teapot-1'),
      (level) => level.onHand === before.onHand && level.reserved === before.reserved,
    );
    const again = await eventually(
      () => checkout(shop, cart),
      (answer) => answer.status !== 409,
    );
    assert.equal(again.status, 201, JSON.stringify(again.body));
  });
});

describe('an answer that is lost', () => {
  it('ends with the order confirmed and one authorisation', async () => {
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    const answer = await checkout(shop, cart, { paymentToken: 'tok_lost', wait: 20 });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const found = await authorisations(answer.body.orderId);
    assert.equal(found.status, 200);
  });
});

describe('a processor that is down', () => {
  it('does not fail the shopper: the order waits and completes when it is back', async () => {
    const control = (state: object) =>
      fetch(new URL('/control', shop.processorUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(state),
      });
    await control({ down: true });
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    const answer = await checkout(shop, cart, { wait: 1 });
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    assert.equal(answer.body.status, 'placed');
    await control({ down: false });
    await eventually(
      () => order(shop, answer.body.orderId, cart.token),
      (seen) => seen.status === 'confirmed',
      30_000,
    );
  });
});

describe('money', () => {
  it('balances: what is shipped is captured, what is refunded goes back', async () => {
    const cart = await cartWith(shop, { 'teapot-1': 1, 'towel-1': 2 });
    const placed = await checkout(shop, cart);
    assert.equal(placed.status, 201, JSON.stringify(placed.body));
    const { orderId } = placed.body;
    const { parcels } = await order(shop, orderId, cart.token);
    assert.equal(parcels.length, 2);
    for (const { parcelId } of parcels)
      await admin(
        shop,
        'POST',
        `/v1/admin/orders/${orderId}/parcels/${parcelId}/ship`,
        {},
        `ship-${parcelId}-${orderId}`,
      );
    await admin(
      shop,
      'POST',
      `/v1/admin/orders/${orderId}/refunds`,
      { lines: [{ sku: 'towel-1', quantity: 1 }] },
      `refund-${orderId}`,
    );
    const balance = await eventually(
      () => call(shop, 'GET', '/v1/admin/ledger/trial-balance', { token: shop.adminToken }),
      (answer) => JSON.stringify(answer.body).includes('seller_payable:weaver'),
    );
    assert.equal(balance.status, 200);
    for (const { debits, credits } of balance.body.currencies) assert.equal(debits, credits);
  });
});
