import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../src/platform/clock/seeded.ts';
import { eventually } from '../scenarios/api.ts';
import { atRest, fillUp, HOT, judge, level, SPREAD } from './at-rest.ts';
import { type BusyCrowd, busyCrowd } from './busy-crowd.ts';
import { type History, newHistory } from './history.ts';
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

const RECOVERED_WITHIN_MS = 120_000;

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

async function killShop(shop: ShopProcess): Promise<void> {
  await shop.end('SIGKILL');
}

function kill(pid: number | undefined): void {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}
