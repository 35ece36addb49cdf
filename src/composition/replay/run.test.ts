import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { memoryShop } from '../memory-shop-harness.ts';
import { replay } from './run.ts';
import { type ShopApi, shopApi } from './shop-api.ts';

const text = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom',
].join('\n');

test('a replay goes on where the seller has shipped before it', async () => {
  await using shop = await memoryShop(silentLogger);
  const api = shopApi(shop.url, shop.adminToken);
  let shippedBefore = 0;
  const withFastSellers: ShopApi = {
    ...api,
    async ask(method, path, options) {
      if (path.endsWith('/ship')) {
        shippedBefore += 1;
        assert.equal((await api.ask(method, path, { body: {} })).status, 201);
      }
      return api.ask(method, path, options);
    },
  };
  const report = await replay({ text, api: withFastSellers, progress: () => undefined });
  assert.deepEqual([report.counts, shippedBefore, report.ledger.debits], [{ sold: 1 }, 1, 6 * 255]);
});

test('a replay does not wait for the checkout of somebody whose card nobody answers for', async () => {
  await using shop = await memoryShop(silentLogger);
  const api = shopApi(shop.url, shop.adminToken);
  const first = await replay({ text, api, progress: () => undefined });
  const { body: cart } = await api.ask('POST', '/v1/carts', { body: {}, token: null });
  const token = String(cart.token);
  await api.ask('PUT', '/v1/admin/stock/85123A', { body: { onHand: 1 } });
  await api.ask('POST', `/v1/carts/${cart.cartId}/lines`, { body: { sku: '85123A', quantity: 1 }, token });
  const waiting = await api.ask('POST', `/v1/carts/${cart.cartId}/checkout`, {
    body: {
      email: 'sun@example.com',
      shippingAddress: { name: 'Sun', line1: '1 Market Street', city: 'London', postalCode: 'N1', country: 'GB' },
      payment: { token: 'tok_broken' },
    },
    token,
    idempotencyKey: 'broken',
  });
  assert.deepEqual([waiting.status, waiting.body.status], [202, 'placed']);
  assert.deepEqual(await replay({ text, api, progress: () => undefined }), first);
});

test('the ledger of a replay holds its own orders only, and replaying again in a busy shop comes to the same', async () => {
  await using shop = await memoryShop(silentLogger);
  const api = shopApi(shop.url, shop.adminToken);
  const alone = await replay({ text, api, progress: () => undefined });
  const another = await replay({ text: text.replace('536365', '600000'), api, progress: () => undefined });
  assert.equal(another.ledger.accounts.processor_receivable?.debits, 6 * 255);
  assert.deepEqual(await replay({ text, api, progress: () => undefined }), alone);
});
