import { after, before, describe, it } from 'node:test';
import { startShop } from '../shop.ts';
import {
  assertProblem,
  type Call,
  call,
  cartWith,
  checkout,
  checkoutBody,
  order,
  putProduct,
  type ShopUnderTest,
  stockShop,
} from './api.ts';

let shop: ShopUnderTest & { stop(): Promise<void> };
before(async () => {
  shop = await startShop();
  await stockShop(shop);
});
after(() => shop?.stop());

describe('a line that cannot be', () => {
  const lines: readonly (readonly [string, Call, number, string])[] = [
    ['unknown SKU', { body: { sku: 'no-such-thing', quantity: 1 } }, 404, 'unknown_sku'],
    ['zero quantity', { body: { sku: 'teapot-1', quantity: 0 } }, 400, 'validation_failed'],
    ['negative quantity', { body: { sku: 'teapot-1', quantity: -1 } }, 400, 'validation_failed'],
    ['fractional quantity', { body: { sku: 'teapot-1', quantity: 1.5 } }, 400, 'validation_failed'],
    ['huge quantity', { body: { sku: 'teapot-1', quantity: 1e15 } }, 400, 'validation_failed'],
    ['quantity as text', { body: { sku: 'teapot-1', quantity: '1' } }, 400, 'validation_failed'],
    ['no quantity', { body: { sku: 'teapot-1' } }, 400, 'validation_failed'],
    ['a field too many', { body: { sku: 'teapot-1', quantity: 1, price: 1 } }, 400, 'validation_failed'],
    ['malformed JSON', { raw: '{"sku": "teapot-1", "quantity": ' }, 400, 'malformed_request'],
    ['NUL', { raw: '{"sku": "tea\\u0000pot", "quantity": 1}' }, 400, 'invalid_text'],
    ['a lone surrogate', { raw: '{"sku": "tea\\ud800pot", "quantity": 1}' }, 400, 'invalid_text'],
    ['broken UTF-8', { raw: Uint8Array.from([123, 34, 0xff, 0xfe, 34, 58, 49, 125]) }, 400, 'invalid_text'],
    [
      'another content type',
      { raw: '<line/>', headers: { 'content-type': 'application/xml' } },
      415,
      'unsupported_media_type',
    ],
    ['an oversized body', { raw: `{"sku": "${'x'.repeat(3_000_000)}", "quantity": 1}` }, 413, 'payload_too_large'],
  ];
  for (const [name, request, status, code] of lines) {
    it(`${name} is ${code}`, async () => {
      const cart = await cartWith(shop, {});
      assertProblem(
        await call(shop, 'POST', `/v1/carts/${cart.cartId}/lines`, { token: cart.token, ...request }),
        status,
        code,
      );
    });
  }
});

describe('an address that cannot be', () => {
  it('unknown route', async () => assertProblem(await call(shop, 'GET', '/v1/nothing'), 404, 'not_found'));
  it('wrong method', async () => assertProblem(await call(shop, 'DELETE', '/v1/products'), 405, 'method_not_allowed'));
  it('bad cursor', async () =>
    assertProblem(await call(shop, 'GET', '/v1/products?cursor=rubbish'), 400, 'invalid_cursor'));
  it('limit over the cap', async () =>
    assertProblem(await call(shop, 'GET', '/v1/products?limit=101'), 400, 'validation_failed'));
  it('unknown product', async () =>
    assertProblem(await call(shop, 'GET', '/v1/products/nothing'), 404, 'unknown_product'));
});

describe("someone else's", () => {
  it('cart is not opened without a token, with another guest’s, or with a forged one', async () => {
    const mine = await cartWith(shop, { 'teapot-1': 1 });
    const theirs = await cartWith(shop, {});
    assertProblem(await call(shop, 'GET', `/v1/carts/${mine.cartId}`), 401, 'unauthorized');
    assertProblem(await call(shop, 'GET', `/v1/carts/${mine.cartId}`, { token: theirs.token }), 403, 'forbidden');
    assertProblem(
      await call(shop, 'GET', `/v1/carts/${mine.cartId}`, { token: `${mine.token}x` }),
      401,
      'unauthorized',
    );
  });

  it('order is not opened by its id alone', async () => {
    const mine = await cartWith(shop, { 'teapot-1': 1 });
    const theirs = await cartWith(shop, {});
    const { body } = await checkout(shop, mine);
    await order(shop, body.orderId, mine.token);
    for (const path of ['', '/timeline', '/events']) {
      assertProblem(await call(shop, 'GET', `/v1/orders/${body.orderId}${path}`), 401, 'unauthorized');
      assertProblem(
        await call(shop, 'GET', `/v1/orders/${body.orderId}${path}`, { token: theirs.token }),
        403,
        'forbidden',
      );
    }
    assertProblem(
      await call(shop, 'POST', `/v1/orders/${body.orderId}/cancel`, {
        token: theirs.token,
        headers: { 'idempotency-key': 'x' },
      }),
      403,
      'forbidden',
    );
  });

  it('shop is not administered without the token', async () => {
    assertProblem(await call(shop, 'GET', '/v1/admin/ledger/trial-balance'), 401, 'unauthorized');
    assertProblem(
      await call(shop, 'PUT', '/v1/admin/stock/teapot-1', { token: 'wrong', body: { onHand: 1 } }),
      403,
      'forbidden',
    );
  });
});

describe('a checkout that cannot be', () => {
  it('of an empty cart', async () => assertProblem(await checkout(shop, await cartWith(shop, {})), 409, 'cart_empty'));

  it('without a key', async () => {
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    const answer = await call(shop, 'POST', `/v1/carts/${cart.cartId}/checkout`, {
      token: cart.token,
      body: checkoutBody(),
    });
    assertProblem(answer, 400, 'idempotency_key_required');
  });

  it('with a key that had another body', async () => {
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    const first = await checkout(shop, cart, { key: 'same-key' });
    const second = await checkout(shop, cart, { key: 'same-key' });
    if (first.body.orderId !== second.body.orderId) throw new Error('a replayed key made a second order');
    assertProblem(
      await checkout(shop, cart, { key: 'same-key', body: { email: 'other@example.com' } }),
      422,
      'idempotency_key_reused',
    );
  });

  it('at a price that has changed', async () => {
    await putProduct(shop, 'vase', 'potter', { en: 'Vase', ko: '꽃병' }, 1000);
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    const answer = await checkout(shop, cart, { body: { expectedTotal: { amount: 1, currency: 'GBP' } } });
    assertProblem(answer, 409, 'price_changed');
  });

  it('of more than there is', async () => {
    await putProduct(shop, 'rare', 'potter', { en: 'Rare bowl', ko: '희귀한 그릇' }, 1000);
    const cart = await cartWith(shop, { 'rare-1': 1 });
    assertProblem(await checkout(shop, cart), 409, 'out_of_stock');
  });
});
