import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { contracts } from '../../src/composition/contracts.ts';
import { COMMISSION_BASIS_POINTS, type ReplayReport, replay } from '../../src/composition/replay/run.ts';
import { shopApi } from '../../src/composition/replay/shop-api.ts';
import { testServer } from '../../src/platform/postgres/test-database.ts';
import { type ShopUnderTest, startShop } from '../shop.ts';
import { expected } from './expected.mjs';

const file = join(import.meta.dirname, '../../data/online-retail.csv');
const LINES_IN_FILE = 9_999;

const SERVICES = Object.keys(contracts);

/**
 * Replays the retailer's first `lines` lines (default all) into a shop of its own, twice. Fails unless the report is what an
 * independent script derives from the lines alone, line for line and to the penny, and unless the second replay changes nothing.
 */
export async function replayAgainstTheScript(lines = LINES_IN_FILE): Promise<void> {
  const text = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, lines + 1)
    .join('\n');
  const truth = expected(text, COMMISSION_BASIS_POINTS);
  const shop = await startShop();
  try {
    const run = () => replay({ text, api: shopApi(shop.url, shop.adminToken), progress: () => undefined });
    const first = await run();
    assertEqualsTruth(first, truth, lines);
    const before = await everything(shop);
    const second = await run();
    assertEqualsTruth(second, truth, lines);
    assert.deepEqual(await everything(shop), before);
  } finally {
    await shop.stop();
  }
}

/** How far every service's log has come, once nothing moves any more: parcels are still being delivered for a while. */
async function everything({ databasePrefix }: ShopUnderTest): Promise<unknown> {
  const heads = async () =>
    Promise.all(SERVICES.map(async (name) => [name, await headsOf(`${databasePrefix}_${name}`)]));
  for (let seen = await heads(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const now = await heads();
    if (isDeepStrictEqual(now, seen)) return Object.fromEntries(now);
    seen = now;
  }
}

function assertEqualsTruth(report: ReplayReport, truth: ReturnType<typeof expected>, lines: number): void {
  assert.equal(report.lines, lines);
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

async function headsOf(database: string): Promise<unknown> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(testServer(18)), { pathname: `/${database}` }).href,
  });
  await client.connect();
  try {
    return (await client.query('SELECT partition, position FROM log_head ORDER BY partition')).rows;
  } finally {
    await client.end();
  }
}
