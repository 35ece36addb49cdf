import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { call, eventually } from '../scenarios/api.ts';
import { killGroup, type ShopProcess, shopProcess } from './shop-process.ts';
import {
  assertLedgerBalances,
  assertNothingLost,
  assertStockWhole,
  crowd,
  type Purchase,
  sells,
  stockForCrowds,
} from './shoppers.ts';

const SHOPPERS = 16;
const PIECES = 20;
const RECOVERED_WITHIN_MS = 15_000;

let shop: ShopProcess;
before(async () => {
  shop = await shopProcess();
  await shop.open();
  await stockForCrowds(shop, PIECES);
});
after(() => shop?.remove());

const everything: Purchase[] = [];
const KILLS: readonly (readonly [string, (pid: number) => void])[] = [
  ['its postmaster', (pid) => void process.kill(pid, 'SIGKILL')],
  ['all of its processes', killGroup],
];

describe('kill -9 of PostgreSQL under load', { concurrency: false }, () => {
  for (const [what, kill] of KILLS) {
    it(`is survived by the shop, which recovers by itself: ${what}`, async () => {
      const before = shop.postmaster()?.pid;
      assert.ok(before !== undefined, 'no PostgreSQL runs');
      await using shoppers = crowd(shop, SHOPPERS);
      const { purchases, surprises } = shoppers;
      await new Promise((resolve) => setTimeout(resolve, 800));
      kill(before);
      await eventually(() => sells(shop), Boolean, RECOVERED_WITHIN_MS);
      await shoppers.leave();
      everything.push(...purchases);
      assert.deepEqual(surprises, []);
      assert.deepEqual(purchases.map(({ lost }) => lost).filter(Boolean), []);
      assert.notEqual(shop.postmaster()?.pid, before);
      await assertNothingLost(shop, purchases);
      await assertStockWhole(shop, everything, PIECES);
    });
  }

  it('answers a plain problem while nothing can be written', async () => {
    const problems = everything.map(({ answer }) => answer).filter((answer) => answer?.status === 503);
    for (const problem of problems) assert.equal(problem?.body.code, 'unavailable');
    assert.equal((await call(shop, 'GET', '/readyz')).status, 200);
  });

  it('leaves a ledger that balances and every invariant kept', async () => {
    await assertLedgerBalances(shop);
    await shop.verify();
  });
});
