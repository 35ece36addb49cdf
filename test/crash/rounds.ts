import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../src/platform/clock/seeded.ts';
import { admin, type Body, call, eventually, putProduct, stockShop } from '../scenarios/api.ts';
import { type BusyCrowd, busyCrowd, type Errand } from './busy-crowd.ts';
import { type History, newHistory } from './history.ts';
import { checkLinearity } from './linearizability.ts';
import { killGroup, type ShopProcess } from './shop-process.ts';
import { assertLedgerBalances, sells } from './shoppers.ts';

export interface CrashPlan {
  readonly rounds: number;
  readonly seed: number;
  /** After so many rounds everybody rests and everything is checked. */
  readonly roundsPerStage: number;
  readonly shoppers: number;
  /** Where the history of a stage is written for the checker; undefined where there is no checker. */
  readonly historyFile?: string | undefined;
  readonly say: (line: string) => void;
}

export interface CrashReport {
  readonly orders: number;
  readonly confirmed: number;
  readonly requests: number;
  /** How many operations were found linearizable. */
  readonly linearised: number;
}

const HOT = 'moon-jar-1';
const HOT_PIECES = 30;
const PLENTIFUL = 1_000_000;
const SPREAD = ['teapot-1', 'towel-1', ...Array.from({ length: 6 }, (_, n) => `bowl-${n}-1`)];
const RECOVERED_WITHIN_MS = 120_000;
const AT_REST_WITHIN_MS = 120_000;

const VICTIMS: readonly (readonly [string, (shop: ShopProcess) => Promise<void>])[] = [
  ['the shop', killShop],
  ['the postmaster', async (shop) => kill(shop.postmaster()?.pid)],
  ['all of PostgreSQL', async (shop) => killGroup(shop.postmaster()?.pid ?? 0)],
  ['the simulators', async (shop) => shop.simulators().forEach(kill)],
  [
    'the shop and PostgreSQL',
    async (shop) => {
      const postmaster = shop.postmaster()?.pid ?? 0;
      const killed = killShop(shop);
      killGroup(postmaster);
      await killed;
    },
  ],
  [
    'PostgreSQL, and the shop while it recovers',
    async (shop) => {
      killGroup(shop.postmaster()?.pid ?? 0);
      await pause(250);
      await killShop(shop);
    },
  ],
];

/** Goods for a busy crowd: a hot product, filled up by the rounds, and a spread of plenty. */
export async function stockForRounds(shop: ShopProcess): Promise<void> {
  await stockShop(shop);
  await putProduct(shop, 'moon-jar', 'potter', { en: 'Moon jar', ko: '달항아리' }, 9_900);
  for (const sku of SPREAD.slice(2)) {
    await putProduct(shop, sku.slice(0, -2), 'weaver', { en: `Bowl ${sku}`, ko: `그릇 ${sku}` }, 1_500);
    await admin(shop, 'PUT', `/v1/admin/stock/${sku}`, { onHand: PLENTIFUL });
  }
  await admin(shop, 'PUT', `/v1/admin/stock/${HOT}`, { onHand: HOT_PIECES });
}

/**
 * Kills the open shop, its PostgreSQL and its simulators at random moments under a busy crowd, starts again what does not by
 * itself, and lets the crowd go on. Throws an AssertionError for whatever a shop must never do; the seed repeats the choices.
 */
export async function crashRounds(shop: ShopProcess, plan: CrashPlan): Promise<CrashReport> {
  const { rounds, seed, roundsPerStage, shoppers, say } = plan;
  const random = seededRandom(seed);
  const sold = new Map<string, number>();
  const report = { orders: 0, confirmed: 0, requests: 0, linearised: 0 };
  for (let first = 1; first <= rounds; first += roundsPerStage) {
    const history = newHistory();
    await level(shop, history);
    const crowdPlan = { size: shoppers, seed: seed + first, hot: HOT, spread: SPREAD, history };
    await using crowd = busyCrowd(shop, crowdPlan);
    for (let round = first; round < first + roundsPerStage && round <= rounds; round++) {
      await crash(shop, { crowd, history, random: random.fraction, tell: (line) => say(`round ${round}: ${line}`) });
    }
    await crowd.leave();
    assert.deepEqual(crowd.surprises, []);
    report.orders += await atRest(shop, crowd, sold);
    report.confirmed += crowd.confirmed;
    history.atRest();
    await level(shop, history);
    await assertLedgerBalances(shop);
    await shop.verify();
    report.linearised += await judge(history, plan.historyFile);
    report.requests += history.length;
    say(`everything holds: ${JSON.stringify(report)}`);
  }
  return report;
}

interface Scene {
  readonly crowd: BusyCrowd;
  readonly history: History;
  readonly random: () => number;
  readonly tell: (line: string) => void;
}

async function crash(shop: ShopProcess, { crowd, history, random, tell }: Scene): Promise<void> {
  const before = crowd.confirmed;
  await fillUp(shop, history);
  await pause(300 + random() * 1_500);
  const [what, strike] = VICTIMS[Math.floor(random() * VICTIMS.length)] as (typeof VICTIMS)[number];
  const struckAt = performance.now();
  await strike(shop);
  if (!shop.isOpen()) await shop.open();
  await eventually(() => sells(shop), Boolean, RECOVERED_WITHIN_MS);
  const recoveredMs = Math.round(performance.now() - struckAt);
  tell(`killed ${what} after ${crowd.confirmed - before} sales; it sells again after ${recoveredMs} ms`);
  assert.deepEqual(crowd.surprises, []);
}

/** The hot product gets its pieces back, in the middle of the load. */
async function fillUp(shop: ShopProcess, history: History): Promise<void> {
  const wish = { client: 0, op: 'count', sku: HOT, quantity: HOT_PIECES } as const;
  const body = { onHand: HOT_PIECES };
  const put = () => call(shop, 'PUT', `/v1/admin/stock/${HOT}`, { token: shop.adminToken, body });
  await eventually(
    () => history.ask(wish, put),
    (answer) => answer?.status === 200,
  );
}

async function level(shop: ShopProcess, history: History): Promise<void> {
  const wish = { client: 0, op: 'level', sku: HOT } as const;
  const answer = await history.ask(wish, () => call(shop, 'GET', `/v1/admin/stock/${HOT}`, { token: shop.adminToken }));
  assert.equal(answer?.status, 200);
}

/**
 * Proves that every acknowledged order exists once and stands as it was told, that nothing is held for anybody, and that what was
 * sold is what people have. `sold` adds up over the stages. Answers how many orders there are.
 */
async function atRest(shop: ShopProcess, { errands }: BusyCrowd, sold: Map<string, number>): Promise<number> {
  let orders = 0;
  for (const errand of errands) {
    const found = await eventually(
      () => ordersOf(shop, errand),
      (listed) =>
        listed.every(({ status }) => status !== 'placed') &&
        [...errand.orders].every((id) => listed.some(({ orderId }) => orderId === id)),
      AT_REST_WITHIN_MS,
    );
    const ids = found.map(({ orderId }) => orderId);
    assert.equal(new Set(ids).size, ids.length, `an order is listed twice: ${ids}`);
    const standing = found.filter(({ status }) => status !== 'cancelled');
    assert.ok(standing.length <= 1, `a cart became two orders: ${JSON.stringify(found)}`);
    orders += found.length;
    sold.set(errand.sku, (sold.get(errand.sku) ?? 0) + standing.length * errand.quantity);
  }
  // Whether the shop sells is asked with a towel, by somebody who is not in the crowd.
  for (const sku of [HOT, ...SPREAD.filter((each) => each !== 'towel-1')]) {
    const kept = await eventually(
      () => admin(shop, 'GET', `/v1/admin/stock/${sku}`),
      (found) => found.reserved === 0 && found.sold === (sold.get(sku) ?? 0),
      AT_REST_WITHIN_MS,
    );
    if (sku !== HOT) assert.equal(kept.onHand + kept.sold, PLENTIFUL, JSON.stringify(kept));
  }
  return orders;
}

async function ordersOf(shop: ShopProcess, { cart }: Errand): Promise<readonly Body[]> {
  const answer = await call(shop, 'GET', '/v1/orders', { token: cart.token });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.items;
}

/** Whether the history is linearizable; answers how many operations it has. */
async function judge(history: History, file: string | undefined): Promise<number> {
  if (file === undefined) return 0;
  mkdirSync(dirname(file), { recursive: true });
  history.write(file);
  const { operations, violations, undecided } = await checkLinearity(file);
  assert.deepEqual({ violations, undecided }, { violations: [], undecided: [] });
  rmSync(file);
  return operations;
}

async function killShop(shop: ShopProcess): Promise<void> {
  await shop.end('SIGKILL');
}

function kill(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}
