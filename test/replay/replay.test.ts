import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { COMMISSION_BASIS_POINTS, type ReplayReport, replay } from '../../src/composition/replay/run.ts';
import { shopApi } from '../../src/composition/replay/shop-api.ts';
import { type ShopUnderTest, startShop } from '../shop.ts';
import { expected } from './expected.mjs';

const text = readFileSync(join(import.meta.dirname, '../../data/online-retail.csv'), 'utf8');

let shop: ShopUnderTest;
before(async () => {
  shop = await startShop();
});
after(() => shop?.stop());

const run = () => replay({ text, api: shopApi(shop.url, shop.adminToken), progress: () => undefined });

/** How far every service's log has come, once nothing moves any more: parcels are still being delivered for a while. */
async function everything(): Promise<unknown> {
  const heads = async () =>
    Promise.all(shop.shop.composition.parts.map(async ({ name, storage }) => [name, await storage.heads()]));
  for (let seen = await heads(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const now = await heads();
    if (isDeepStrictEqual(now, seen)) return Object.fromEntries(now);
    seen = now;
  }
}

it('comes to what an independent script derives from the file alone, line for line and to the penny; a second replay changes nothing', async () => {
  const truth = expected(text, COMMISSION_BASIS_POINTS);
  const first = await run();
  assertEqualsTruth(first, truth);
  const before = await everything();
  const second = await run();
  assertEqualsTruth(second, truth);
  assert.deepEqual(await everything(), before);
});

function assertEqualsTruth(report: ReplayReport, truth: ReturnType<typeof expected>): void {
  assert.equal(report.lines, 9_999);
  assert.deepEqual(report.verdicts, truth.verdicts);
  assert.deepEqual({ ...report.counts }, { ...truth.counts });
  assert.equal(report.orders, truth.orders);
  const {
    processor_receivable: receivable,
    commission,
    'seller_payable:online-retail': payable,
  } = report.ledger.accounts;
  assert.equal(receivable?.debits, truth.ledger.captured);
  assert.equal(receivable?.credits, truth.ledger.refunded);
  assert.equal((commission?.credits ?? 0) - (commission?.debits ?? 0), truth.ledger.commission);
  assert.equal((payable?.credits ?? 0) - (payable?.debits ?? 0), truth.ledger.sellerPayable);
  assert.equal(report.ledger.debits, report.ledger.credits);
}
