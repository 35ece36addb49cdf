import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { cartWith, checkout, stockShop } from '../scenarios/api.ts';
import { type ShopUnderTest, startShop } from '../shop.ts';

let shop: ShopUnderTest;
before(async () => {
  shop = await startShop({ postgres: 15 });
  await stockShop(shop);
});
after(() => shop?.stop());

it('sells on the oldest PostgreSQL that is supported', async () => {
  const answer = await checkout(shop, await cartWith(shop, { 'teapot-1': 1, 'towel-1': 2 }));
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal(answer.body.status, 'confirmed');
});
