import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkout } from '../scenarios/api.ts';
import { type ShopProcess, shopProcess } from './shop-process.ts';
import {
  acknowledged,
  assertLedgerBalances,
  assertNothingLost,
  assertStockWhole,
  crowd,
  type Purchase,
  stockForCrowds,
} from './shoppers.ts';

/** `CRASH_ROUNDS=50 npm test test/crash/kill.test.ts` looks longer. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 3);
const SHOPPERS = 24;
const PIECES = 40;

let shop: ShopProcess;
before(async () => {
  shop = await shopProcess();
  await shop.open();
  await stockForCrowds(shop, PIECES);
});
after(() => shop?.remove());

const everything: Purchase[] = [];

describe('kill -9 of the shop under load', { concurrency: false }, () => {
  for (let round = 1; round <= ROUNDS; round++) {
    it(`loses nothing that was acknowledged, and sells nothing twice (${round} of ${ROUNDS})`, async () => {
      await using shoppers = crowd(shop, SHOPPERS);
      const { purchases, surprises } = shoppers;
      await new Promise((resolve) => setTimeout(resolve, 1_200 + Math.random() * 800));
      await shop.end('SIGKILL');
      await shoppers.leave();
      everything.push(...purchases);
      assert.deepEqual(surprises, []);
      assert.ok(
        purchases.some(({ answer }) => acknowledged(answer) !== undefined),
        'nothing was sold before the crash',
      );
      assert.ok(
        purchases.some(({ answer }) => answer === undefined),
        'nothing was under way at the crash',
      );
      assert.match(await shop.open(), /Taking over the PostgreSQL/);
      await assertNothingLost(shop, purchases);
      await assertStockWhole(shop, everything, PIECES);
    });
  }

  it('lets who was refused buy with another card, in the same cart', async () => {
    const declined = everything.find(({ answer }) => answer?.status === 402);
    assert.ok(declined !== undefined, 'no card was declined');
    assert.equal((await checkout(shop, declined.cart)).status, 201);
  });

  it('leaves a ledger that balances and every invariant kept', async () => {
    await assertLedgerBalances(shop);
    await shop.verify();
  });
});
