import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rejection } from '../../kernel/rejection.ts';
import { type Clock, sleep } from '../clock/port.ts';
import { seededRandom } from '../clock/seeded.ts';
import { type VirtualClock, virtualClock } from '../clock/virtual.ts';
import { CALL_FAULTS, COMMIT_FAULTS, faultsOf, type Life, type Planned, type Point } from './faults-harness.ts';

/** A saga with all that it touches, made anew for each trial. */
export interface SagaWorld {
  /** Brings a process to life on what it has kept. */
  start(life: Life): Promise<void>;
  /** What is so before the saga; nothing goes wrong meanwhile. */
  prepare?(): Promise<void>;
  /** What the caller does, asking again until it is answered. */
  act(): Promise<void>;
  /** Whether nothing is under way any more. */
  quiet(): Promise<boolean>;
  /** Throws when something is held or paid twice, has not ended, or when the caller was told what is not so. */
  check(): Promise<void>;
}

export interface SagaSuite {
  readonly name: string;
  readonly processes: readonly string[];
  /** How services refuse, by `<service>.<call>`: the calls that may be refused. */
  readonly rejections: Readonly<Record<string, Rejection>>;
  /** Longer than the deadlines of all steps together, in ms. */
  readonly veryLateMs: number;
  /** Longer than anything is held, in ms. */
  readonly longDeadMs: number;
  readonly open: (clock: VirtualClock) => SagaWorld;
  /** What goes wrong in every trial of this suite, so that also what follows is tried. */
  readonly always?: readonly Planned[];
}

/** After this long without an end something waits for ever, in ms. */
const HORIZON_MS = 1_800_000;
const LOOK_MS = 1_000;

/** Runs the saga once with what is planned going wrong; answers the points that it came by. Throws what `check` throws. */
export async function tryOut(suite: SagaSuite, plan: readonly Planned[]): Promise<readonly Point[]> {
  const clock = virtualClock();
  const world = suite.open(clock);
  const faults = faultsOf({
    ...{ clock, plan: [...(suite.always ?? []), ...plan], rejections: suite.rejections },
    ...{ veryLateMs: suite.veryLateMs, longDeadMs: suite.longDeadMs },
    revive: (process) => world.start(faults.newLife(process)),
  });
  try {
    for (const process of suite.processes) await clock.runUntil(world.start(faults.newLife(process)));
    if (world.prepare !== undefined) await clock.runUntil(world.prepare());
    faults.arm();
    await clock.runUntil(world.act(), HORIZON_MS);
    const latestMs = clock.now() + HORIZON_MS;
    while (
      faults.underWay() > 0 ||
      !(await clock.runUntil(
        patiently(clock, () => world.quiet()),
        HORIZON_MS,
      ))
    ) {
      assert.ok(clock.now() < latestMs, 'it has not come to an end');
      await clock.advance(LOOK_MS);
    }
    await clock.runUntil(world.check());
    for (const planned of plan) assert.ok(faults.happened.includes(planned), `${planned.point} was not reached`);
    return faults.reached;
  } finally {
    faults.end();
  }
}

/** Everything that can go wrong at the points that a run came by. */
export function faultsAt(points: readonly Point[], { rejections, always = [] }: SagaSuite): readonly Planned[] {
  return points.flatMap(({ kind, name }) => {
    if (always.some(({ point }) => point === name)) return [];
    const call = name.slice(0, name.lastIndexOf(' #'));
    const faults = kind === 'call' ? CALL_FAULTS : COMMIT_FAULTS;
    const possible = faults.filter((fault) => fault !== 'rejected' || Object.hasOwn(rejections, call));
    return possible.map((fault) => ({ point: name, fault }));
  });
}

export interface Tried {
  readonly trials: number;
  readonly failures: readonly { readonly plan: readonly Planned[]; readonly error: Error }[];
}

/**
 * Lets each thing go wrong that can, one at a time, then in pairs: the second at a point that the run comes by after the first.
 * `singles` and `pairs` are how many of them are tried, from 0 to 1, drawn by `seed`.
 */
export async function tryEverything(
  suite: SagaSuite,
  { singles, pairs, seed = 1 }: { readonly singles: number; readonly pairs: number; readonly seed?: number },
): Promise<Tried> {
  const random = seededRandom(seed);
  const failures: { plan: readonly Planned[]; error: Error }[] = [];
  let trials = 0;

  const trial = async (plan: readonly Planned[]): Promise<readonly Point[]> => {
    trials++;
    try {
      return await tryOut(suite, plan);
    } catch (error) {
      failures.push({ plan, error: error instanceof Error ? error : new Error(String(error)) });
      return [];
    }
  };

  const points = await trial([]);
  for (const first of faultsAt(points, suite)) {
    if (random.fraction() >= singles) continue;
    const met = await trial([first]);
    const after = met.slice(met.findIndex(({ name }) => name === first.point) + 1);
    for (const second of faultsAt(after, suite)) {
      if (random.fraction() < pairs) await trial([first, second]);
    }
  }
  return { trials, failures };
}

/** A plan as `JANGTEO_SAGA_PLAN` takes it. */
export function written(plan: readonly Planned[]): string {
  return plan.map(({ point, fault }) => `${point}: ${fault}`).join('; ');
}

/** A plan that was written down. */
export function planOf(text: string): readonly Planned[] {
  return text
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const colon = each.indexOf(':');
      return { point: each.slice(0, colon).trim(), fault: each.slice(colon + 1).trim() };
    });
}

/**
 * The suite that every saga passes: plans that found something once, and a share of all others, so that a run of all tests stays
 * short. `JANGTEO_SAGA_SINGLES` and `JANGTEO_SAGA_PAIRS` are the shares of what goes wrong alone and in pairs (1: all),
 * `JANGTEO_SAGA_SEED` draws them; `JANGTEO_SAGA_PLAN` runs one plan alone, as a failure prints it.
 */
export function sagaConformance(suite: SagaSuite, singles: number, found: readonly string[] = []): void {
  const { JANGTEO_SAGA_PLAN: alone, JANGTEO_SAGA_SINGLES, JANGTEO_SAGA_PAIRS, JANGTEO_SAGA_SEED } = process.env;
  describe(`saga conformance: ${suite.name}`, () => {
    for (const text of alone === undefined ? found : [alone]) {
      it(text, async () => void (await tryOut(suite, planOf(text))));
    }
    if (alone !== undefined) return;
    it('leaves nothing held, pays nothing twice, ends and tells the truth, whatever goes wrong', async (context) => {
      const { trials, failures } = await tryEverything(suite, {
        singles: Number(JANGTEO_SAGA_SINGLES ?? singles),
        pairs: Number(JANGTEO_SAGA_PAIRS ?? 0),
        seed: Number(JANGTEO_SAGA_SEED ?? 1),
      });
      context.diagnostic(`${trials} trials`);
      const told = failures.slice(0, 10).map(({ plan, error }) => `${written(plan)}\n    ${error.message}`);
      assert.equal(failures.length, 0, `${failures.length} of ${trials} trials failed:\n${told.join('\n')}`);
    });
  });
}

/** Asks until it is answered: what hangs or throws is asked again. */
export async function patiently<Answer>(clock: Clock, ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const asked = ask().then(
      (answer) => ({ answer }),
      () => undefined,
    );
    const answered = await Promise.race([asked, sleep(clock, 2_000)]);
    if (answered !== undefined) return answered.answer;
    await sleep(clock, LOOK_MS);
  }
}
