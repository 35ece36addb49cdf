import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { cartWith, checkout } from '../scenarios/api.ts';
import { asSuperuser, type ShopProcess, shopProcess } from './shop-process.ts';
import {
  acknowledged,
  assertNothingLost,
  assertStockWhole,
  crowd,
  PLENTY,
  type Purchase,
  stockForCrowds,
} from './shoppers.ts';

const SHOPPERS = 16;
const PIECES = 20;
/** Younger requests may still be on their way into the process when the signal arrives. */
const SURELY_IN_MS = 30;

let shop: ShopProcess;
before(async () => {
  shop = await shopProcess();
  await shop.open();
  await stockForCrowds(shop, PIECES);
});
after(() => shop?.remove());

const everything: Purchase[] = [];

describe('a shop that is told to stop under load', { concurrency: false }, () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`answers what is under way, ends its streams and stops its PostgreSQL: ${signal}`, async () => {
      const stream = await openStream();
      await using shoppers = crowd(shop, SHOPPERS);
      const { purchases, surprises } = shoppers;
      await new Promise((resolve) => setTimeout(resolve, 800));
      const slow: Purchase = slowPurchase(await cartWith(shop, { [PLENTY]: 1 }));
      const slowlyAnswered = checkout(shop, slow.cart, { key: slow.key, paymentToken: slow.paymentToken });
      await new Promise((resolve) => setTimeout(resolve, 200));

      const toldAt = performance.now();
      assert.equal(await shop.end(signal), 0, shop.said());
      await shoppers.leave();
      slow.answer = await slowlyAnswered;
      everything.push(...purchases, slow);

      assert.deepEqual(surprises, []);
      assert.ok(acknowledged(slow.answer), JSON.stringify(slow.answer.body));
      const underWay = purchases.filter(
        ({ startedAt, endedAt }) => startedAt < toldAt - SURELY_IN_MS && (endedAt ?? toldAt) >= toldAt,
      );
      assert.ok(underWay.length > 0, 'nothing was under way');
      assert.deepEqual(underWay.map(({ lost }) => lost).filter(Boolean), []);
      assert.match(await stream.text, /\nretry: \d+\n\n$/);
      assert.match(shop.said(), /Closed\.\n$/);
      assert.equal(shop.postmaster(), undefined);
      assert.equal(existsSync(join(shop.home, 'shop.lock')), false);

      assert.doesNotMatch(await shop.open(), /Taking over|recovering/);
      await assertNothingLost(shop, [...purchases, slow]);
      await assertStockWhole(shop, everything, PIECES);
    });
  }

  it('leaves every invariant kept', () => shop.verify());

  it('refuses, in one sentence, a database that a newer version has written', async () => {
    await asSuperuser(shop, 'jangteo_orders', async (client) => {
      await client.query('update storage_schema set version = version + 1, usable_from = version + 1');
    });
    assert.equal(await shop.end('SIGTERM'), 0);
    const { code, said } = await shop.run(['up']);
    assert.equal(code, 1);
    assert.match(said, /^The database of orders was written by a newer version of this program .*\n$/);
    assert.equal(shop.postmaster(), undefined);
  });
});

/** All that a shopper's event stream says until it ends. */
async function openStream(): Promise<{ readonly text: Promise<string> }> {
  const cart = await cartWith(shop, { 'towel-1': 1 });
  const { body } = await checkout(shop, cart);
  const headers = { authorization: `Bearer ${cart.token}` };
  const response = await fetch(new URL(`/v1/orders/${body.orderId}/events`, shop.url), { headers });
  assert.equal(response.status, 200);
  return { text: response.text() };
}

function slowPurchase(cart: Purchase['cart']): Purchase {
  return { cart, key: 'slow-but-sure', sku: PLENTY, paymentToken: 'tok_slow', startedAt: performance.now() };
}
