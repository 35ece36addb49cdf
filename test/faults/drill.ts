import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atRest, fillUp, HOT, judge, level, SPREAD, stockForRounds } from '../crash/at-rest.ts';
import { busyCrowd } from '../crash/busy-crowd.ts';
import { newHistory } from '../crash/history.ts';
import { hasGo } from '../crash/linearizability.ts';
import { assertLedgerBalances } from '../crash/shoppers.ts';
import { eventually } from '../scenarios/api.ts';
import type { DrillShop } from './drill-shop.ts';
import type { Fault } from './fault.ts';
import { allWell, type Heard, probeNames, startProbing } from './probes.ts';
import { roundTrip } from './round-trip.ts';

/** What came of a fault. */
export interface Drilled {
  readonly fault: Fault;
  /** What was heard from its beginning until everything was answered well again. */
  readonly heard: readonly Heard[];
  /** From its beginning until it was over, in ms. */
  readonly lastedMs: number;
  /** From its end until everything was answered well again, in ms. */
  readonly wellAfterMs: number;
  /** From its end until everything that waited had caught up, in ms. */
  readonly caughtUpAfterMs: number;
  /** Orders that the crowd has, and requests of which its history consists. */
  readonly orders: number;
  readonly requests: number;
}

export interface Drill {
  /** Lets one fault happen under load and proves what a shop promises. Throws an AssertionError for what it broke. */
  run(fault: Fault): Promise<Drilled>;
}

const SHOPPERS = 4;
/** A machine that is busy with other things starts a broker in minutes; the table tells what it took. */
const WELL_WITHIN_MS = 300_000;
const CAUGHT_UP_WITHIN_MS = 300_000;
const BUSY_WITHIN_MS = 60_000;
const AFTERWARDS_MS = 500;

/** Fills a shop and makes it ready for faults, one after another. */
export async function openDrill(shop: DrillShop, { seed }: { readonly seed: number }): Promise<Drill> {
  await stockForRounds(shop);
  await eventually(() => isWell(shop), Boolean, WELL_WITHIN_MS);
  await roundTrip(shop, `${seed}-0`, CAUGHT_UP_WITHIN_MS);
  const sold = new Map<string, number>();
  let turn = 0;
  return {
    async run(fault) {
      turn += 1;
      const history = newHistory();
      await level(shop, history);
      const probing = await startProbing(shop);
      const plan = { size: SHOPPERS, seed: seed + turn, hot: HOT, spread: SPREAD, history };
      await using crowd = busyCrowd(shop, plan);
      await using _ = { [Symbol.asyncDispose]: () => probing.stop() };
      await fillUp(shop, history);
      await eventually(
        async () => crowd.confirmed,
        (count) => count > 2,
        BUSY_WITHIN_MS,
      );

      const course = await happened(shop, fault, `${seed}-${turn}`).catch((error: Error) => error);
      await probing.stop();
      await crowd.leave();
      // What the crowd has is counted whatever came of it: the next fault begins there.
      const orders = await atRest(shop, crowd, sold);
      history.atRest();
      await level(shop, history);
      await assertLedgerBalances(shop);
      await judged(history);
      assert.deepEqual(crowd.surprises, []);
      if (course instanceof Error) throw course;
      const { struckAt, overAt, wellAt, caughtUpAt } = course;
      const heard = probing.heard.filter(({ heardAt }) => heardAt > struckAt);
      assertOnlyNoticed(fault, heard, course);
      return {
        ...{ fault, heard: heard.filter(({ askedAt }) => askedAt < wellAt), orders, requests: history.length },
        lastedMs: overAt - struckAt,
        wellAfterMs: wellAt - overAt,
        caughtUpAfterMs: caughtUpAt - overAt,
      };
    },
  };
}

/** Everything runs, and everything is answered as it should be. */
async function isWell(shop: DrillShop): Promise<boolean> {
  return shop.rows().every(({ state }) => state === 'running') && (await allWell(shop));
}

/** When things happened, in ms of `performance.now`. */
interface Course {
  readonly struckAt: number;
  readonly overAt: number;
  readonly wellAt: number;
  readonly caughtUpAt: number;
}

/** Lets a fault happen, and waits until everything is well again and has caught up. */
async function happened(shop: DrillShop, fault: Fault, name: string): Promise<Course> {
  const struckAt = performance.now();
  await fault.happens(shop);
  const overAt = performance.now();
  await eventually(() => isWell(shop), Boolean, WELL_WITHIN_MS);
  const wellAt = performance.now();
  await roundTrip(shop, name, CAUGHT_UP_WITHIN_MS);
  const caughtUpAt = performance.now();
  await pause(AFTERWARDS_MS);
  return { struckAt, overAt, wellAt, caughtUpAt };
}

/** What depends on what is broken may show it until it is well again; everything else goes on, and so does everything afterwards. */
function assertOnlyNoticed(fault: Fault, heard: readonly Heard[], { struckAt, wellAt }: Course): void {
  const { noticed = {}, shows = {}, graceMs = 0 } = fault;
  for (const probe of probeNames) {
    const answers = heard.filter((each) => each.probe === probe);
    const excused = new Set([...(noticed[probe] ?? []), ...(shows[probe] ?? [])]);
    const unexpected = answers.filter(({ reply, askedAt, heardAt }) => {
      if (reply === 'well') return false;
      if (reply === 'wrong' || askedAt > wellAt) return true;
      return heardAt > struckAt + graceMs && !excused.has(reply);
    });
    const told = unexpected.map(({ askedAt, heardAt, reply, detail }) => {
      const [from, until] = [askedAt, heardAt].map((at) => `${Math.round(at - struckAt)} ms`);
      return `${reply} from ${from} to ${until} after the strike${detail === undefined ? '' : `: ${detail}`}`;
    });
    assert.deepEqual(told, [], `${probe} does not go on`);
    for (const reply of shows[probe] ?? [])
      assert.ok(
        answers.some((each) => each.reply === reply),
        `nobody noticed the fault: no ${probe} was answered "${reply}"`,
      );
  }
}

async function judged(history: ReturnType<typeof newHistory>): Promise<void> {
  if (!hasGo()) return;
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-faults-'));
  await judge(history, join(folder, 'history.jsonl'));
  rmSync(folder, { recursive: true, force: true });
}
