import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type MemoryShop, memoryShop } from '../../src/composition/memory-shop-harness.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import { admin, assertProblem, type Body, call, cartWith, checkout, eventually, order, stockShop } from './api.ts';

const DAY_MS = 24 * 3_600_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

let shop: MemoryShop;
let today: string;
let orders: readonly string[];

before(async () => {
  shop = await memoryShop(silentLogger);
  await stockShop(shop);
  today = dayOf(Date.now());
  orders = [await buy(), await buy(), await buy()];
  const [first = '', second = '', third = ''] = orders;
  await admin(shop, 'POST', `/v1/admin/orders/${first}/parcels/parcel-1/ship`, {}, 'ship-1');
  await admin(shop, 'POST', `/v1/admin/orders/${second}/parcels/parcel-1/ship`, {}, 'ship-2');
  await admin(shop, 'POST', `/v1/admin/orders/${third}/cancel`, {}, 'cancel');
  const lines = [{ sku: 'teapot-1', quantity: 1 }];
  await admin(shop, 'POST', `/v1/admin/orders/${first}/refunds`, { lines }, 'refund');
  await eventually(
    async () => (await report()).map(({ kind }) => kind),
    (kinds) => ['capture', 'void', 'refund'].every((kind) => kinds.includes(kind)) && kinds.length === 7,
  );
});
after(() => shop?.[Symbol.asyncDispose]());

async function buy(): Promise<string> {
  const cart = await cartWith(shop, { 'teapot-1': 2 });
  const { body } = await checkout(shop, cart);
  assert.equal((await order(shop, body.orderId, cart.token)).status, 'confirmed');
  return body.orderId;
}

const report = async (): Promise<Body[]> => (await shop.processor.get(`/report?day=${today}`)).body.lines as Body[];
const forge = (wish: object) => shop.processor.post('/control/report', { day: today, ...wish });
const truth = () => forge({});

/** Compares yesterday and today, so that midnight may come meanwhile, and answers what came of it. */
async function reconcile(): Promise<Body> {
  const wish = { from: dayOf(Date.parse(today) - DAY_MS), to: dayOf(Date.now()), graceMs: 0 };
  const started = await admin(shop, 'POST', '/v1/admin/reconciliation', wish);
  assert.equal(started.status, 'running');
  return eventually(
    () => admin(shop, 'GET', `/v1/admin/reconciliation/${started.runId}`),
    (run) => run.status !== 'running',
  );
}

const casesOf = async (): Promise<Body[]> =>
  (await admin(shop, 'GET', '/v1/admin/hospital?service=payments&limit=100')).items;
const kinds = (run: Body) => run.summary.findings.map(({ kind }: Body) => kind).sort();

describe('the books of a shop and its card processor', () => {
  it('agree', async () => {
    const run = await eventually(reconcile, ({ summary }) => summary?.differences === 0);
    assert.equal(run.status, 'done', JSON.stringify(run));
    assert.deepEqual([run.lines, run.movements], [7, 7]);
    assert.deepEqual(await casesOf(), []);
  });

  it('differ where the processor’s book was tampered with: a case each, once, with a word when it is gone', async () => {
    const lines = await report();
    const [first = '', second = '', third = ''] = orders;
    const of = (kind: string, orderId: string) =>
      lines.findIndex((line) => line.kind === kind && line.authorisation === orderId);
    const forged = structuredClone(lines) as Body[];
    forged[of('capture', first)].amount += 1;
    forged[of('refund', first)].currency = 'EUR';
    forged.push({ ...forged[of('authorisation', first)] });
    forged.push({ ...forged[of('authorisation', first)], reference: 'ord_nobody', authorisation: 'ord_nobody' });
    const dropped = [of('capture', second), of('void', third)];
    await forge({ lines: forged.filter((_, index) => !dropped.includes(index)) });

    const expected = [
      'amount_differs',
      'currency_differs',
      'duplicated_at_processor',
      'missing_at_processor',
      'missing_in_ledger',
      'still_authorised',
    ];
    const run = await reconcile();
    assert.deepEqual(kinds(run), expected);
    assert.deepEqual([run.summary.opened, run.summary.known, run.summary.gone], [6, 0, 0]);
    const again = await reconcile();
    assert.deepEqual([again.summary.opened, again.summary.known, again.summary.gone], [0, 6, 0]);
    assert.equal((await casesOf()).length, 6);

    await truth();
    const mended = await reconcile();
    assert.deepEqual([mended.summary.differences, mended.summary.opened, mended.summary.gone], [0, 0, 6]);
    for (const { audit } of await casesOf()) assert.match(audit.at(-1).note, /is gone/);
    assert.equal((await reconcile()).summary.gone, 0);
  });

  it('are not compared by a report with dirt in it: one case, and nothing of the report is believed', async () => {
    const lines = await report();
    const open = (await casesOf()).length;
    const rest = lines.slice(1);
    for (const [wish, why] of [
      [{ lines: [...rest, { ...lines[0], currency: 'ZZZ' }] }, /line 7 .*currency/],
      [{ lines: [...rest, { ...lines[0], amount: 1.5 }] }, /line 7 .*amount/],
      [{ lines: [...rest, 'total: 12'] }, /line 7 is no authorisation/],
      [{ lines: rest, trailer: { lines: 7, checksum: 0 } }, /promises 7 lines and there are 6/],
      [{ lines: rest, trailer: { lines: 6, checksum: 0 } }, /checksum/],
    ] as const) {
      await forge(wish);
      const run = await reconcile();
      assert.equal(run.status, 'refused');
      assert.match(run.summary.refused, why);
    }
    const cases = await casesOf();
    assert.equal(cases.length, open + 1);
    assert.equal(cases.at(-1).failure.code, 'report_unreadable');
    await truth();
    const run = await reconcile();
    assert.deepEqual([run.status, run.summary.differences, run.summary.gone], ['done', 0, 1]);
  });

  it('are compared later when the processor is down', async () => {
    await shop.processor.control({ down: true });
    assert.equal((await reconcile()).status, 'unavailable');
    await shop.processor.control({ down: false });
    await eventually(reconcile, ({ status }) => status === 'done');
  });

  it('are not compared for a time that does not exist', async () => {
    for (const wish of [{ from: '2026-13-01' }, { from: today, to: '2020-01-01' }, { from: '2020-01-01', to: today }]) {
      const answer = await call(shop, 'POST', '/v1/admin/reconciliation', { token: shop.adminToken, body: wish });
      assertProblem(answer, 400, 'validation_failed');
    }
  });
});
