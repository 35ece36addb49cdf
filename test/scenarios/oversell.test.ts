import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { startShop } from '../shop.ts';
import { admin, assertProblem, cartWith, checkout, putProduct, type ShopUnderTest, stockShop } from './api.ts';

let shop: ShopUnderTest & { stop(): Promise<void> };
before(async () => {
  shop = await startShop();
  await stockShop(shop);
});
after(() => shop?.stop());

it('sells 100 pieces to 300 buyers: 100 confirmed orders, 200 clear rejections', async () => {
  await putProduct(shop, 'last-hundred', 'potter', { en: 'Moon jar', ko: '달항아리' }, 9900);
  await admin(shop, 'PUT', '/v1/admin/stock/last-hundred-1', { onHand: 100 });
  const answers = await Promise.all(
    Array.from({ length: 300 }, async () =>
      checkout(shop, await cartWith(shop, { 'last-hundred-1': 1 }), { wait: 30 }),
    ),
  );
  const confirmed = answers.filter((answer) => answer.status === 201);
  const refused = answers.filter((answer) => answer.status !== 201);
  assert.equal(confirmed.length, 100);
  assert.equal(refused.length, 200);
  for (const answer of refused) assertProblem(answer, 409, 'out_of_stock');
  assert.equal(new Set(confirmed.map((answer) => answer.body.orderId)).size, 100);
  const level = await admin(shop, 'GET', '/v1/admin/stock/last-hundred-1');
  assert.equal(level.onHand, 0);
  assert.equal(level.reserved + level.sold, 100);
});
