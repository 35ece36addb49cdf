import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../figures.ts';
import { closedLoop, type LoadResult } from '../load/closed-loop.ts';
import { median } from '../load/latencies.ts';
import { type CpuSeconds, cpuBetween, cpuOf, machineSeconds } from '../load/processes.ts';
import type { Part, Run } from '../part.ts';
import { countedBetween, type PostgresCounters, readCounters } from '../postgres-counters.ts';
import { caughtUp } from '../settled.ts';
import { type BenchShop, benchHome, startBenchShop } from '../shop.ts';
import { checkouts } from './checkouts.ts';

/** How much of the laptop's checkouts a topology must make on the same machine, in percent. */
const BARS: Readonly<Record<string, number>> = { 'scale-out': 100, microservices: 25 };
const LOADS = { spread: 'spread over the catalogue', 'one product': 'everybody the same product' } as const;
const TURNS = 5;

/**
 * The same checkouts on the laptop and on another topology in short turns, engines and load generator on the same cores: a machine that
 * has a fast and a slow state has them for both. Both are open all the time; what one takes of the machine while it is the other's
 * turn is counted as the other's loss.
 */
export const topologyPart: Part = {
  name: 'topology',
  takes: ({ seconds }) => 2 * (seconds + 3) + 4 * TURNS * (turnSeconds(seconds) + 5) + 90,
  async measure(run) {
    const { topology } = run;
    if (topology === undefined) throw new Error('say which topology: --topology scale-out');
    const laptop = await run.shop();
    const home = await benchHome();
    try {
      run.progress(`starting ${topology}`);
      const other = await startBenchShop(home.path, { JANGTEO_DEMO: 'off' }, topology);
      try {
        await run.fill(other);
        for (const shop of [laptop, other]) await warmUp(run, shop, shop === laptop ? 'laptop' : topology);
        const figures: Figure[] = [];
        for (const load of Object.keys(LOADS) as (keyof typeof LOADS)[])
          figures.push(...judge(topology, load, await byTurns(run, laptop, other, load)));
        const violations = await other.verify();
        const violated = { value: violations.length, unit: '', bar: { atMost: 0 }, note: violations[0] ?? '' };
        return [...figures, { name: `${topology}: violated invariants`, ...violated }];
      } finally {
        await other.stop();
      }
    } finally {
      await home.discard();
    }
  },
};

/** What one shop did in one turn. */
interface Turn {
  readonly load: LoadResult;
  readonly cpu: CpuSeconds;
  readonly counted: PostgresCounters;
  /** Shares of the machine: what its host gave to others, and what the other shop took while it was idle. */
  readonly stolenShare: number;
  readonly idleShare: number;
}

interface Turns {
  readonly laptop: readonly Turn[];
  readonly other: readonly Turn[];
}

/** PostgreSQL's backends report their counters at most once a second. */
const REPORTED_AFTER_MS = 1_500;

const turnSeconds = (seconds: number) => Math.max(3, seconds / TURNS);

/** Every program compiles what it does often: engines on the JVM use a core for that in their first minute. */
async function warmUp(run: Run, shop: BenchShop, name: string): Promise<void> {
  run.progress(`${name}: warming up`);
  await closedLoop(checkouts(shop, run.shoppers, run.seconds, run.skus));
  await caughtUp(shop);
}

async function byTurns(run: Run, laptop: BenchShop, other: BenchShop, load: keyof typeof LOADS): Promise<Turns> {
  const skus = load === 'spread' ? run.skus : run.skus.slice(0, 1);
  const turns = { laptop: [] as Turn[], other: [] as Turn[] };
  for (let at = 1; at <= TURNS; at++) {
    run.progress(`checkouts by turns, ${LOADS[load]}: ${at} of ${TURNS}`);
    turns.laptop.push(await turn(run, laptop, other, skus));
    turns.other.push(await turn(run, other, laptop, skus));
  }
  return turns;
}

async function turn(run: Run, shop: BenchShop, idle: BenchShop, skus: readonly string[]): Promise<Turn> {
  const counters = await readCounters(shop.postgresUrl);
  const before = { own: cpuOf(shop.pid), others: cpuOf(idle.pid), machine: machineSeconds() };
  const load = await closedLoop(checkouts(shop, run.shoppers, turnSeconds(run.seconds), skus));
  await caughtUp(shop);
  const after = { own: cpuOf(shop.pid), others: cpuOf(idle.pid), machine: machineSeconds() };
  const machine = after.machine.all - before.machine.all;
  await pause(REPORTED_AFTER_MS);
  return {
    load,
    cpu: cpuBetween(before.own, after.own),
    counted: countedBetween(counters, await readCounters(shop.postgresUrl)),
    stolenShare: (after.machine.stolen - before.machine.stolen) / machine,
    idleShare: sumOf(cpuBetween(before.others, after.others)) / machine,
  };
}

function judge(topology: string, how: string, { laptop, other }: Turns): readonly Figure[] {
  // What a shop alone on the machine would make: the other one, idle beside it, takes something all the same.
  const alone = (turns: readonly Turn[]) => perSecond(turns) / (1 - idleShareOf(turns));
  const share = (100 * alone(other)) / alone(laptop);
  const least = BARS[topology];
  const failed = other.find(({ load }) => load.failed > 0)?.load;
  return [
    {
      name: `${topology}, ${how}: checkouts, of the laptop's`,
      value: share,
      unit: '%',
      ...(least !== undefined && { bar: { atLeast: least } }),
      note:
        `in ${TURNS} turns each; ${told(other)}; laptop ${told(laptop)}. The idle one took ${percent(idleShareOf(laptop))} of the machine ` +
        `from the laptop and ${percent(idleShareOf(other))} from the topology, which each would have had alone`,
    },
    {
      name: `${topology}, ${how}: failed`,
      value: sum(other, ({ load }) => load.failed),
      unit: '',
      bar: { atMost: 0 },
      note: failed?.firstFailure ?? '',
    },
  ];
}

function told(turns: readonly Turn[]): string {
  const all = sum(turns, ({ load }) => load.all);
  const ms = (of: (cpu: CpuSeconds) => number) => ((sum(turns, ({ cpu }) => of(cpu)) * 1_000) / all).toFixed(2);
  const each = (of: (counted: PostgresCounters) => number) => sum(turns, ({ counted }) => of(counted)) / all;
  const middle = (of: (load: LoadResult) => number) => median(turns.map(({ load }) => of(load))).toFixed(0);
  return (
    `${Math.round(perSecond(turns))}/s (${turns.map(({ load }) => Math.round(load.perSecond)).join(', ')}) at ${ms(sumOf)} ms of CPU ` +
    `(shop ${ms((cpu) => cpu.shop)}, PostgreSQL ${ms((cpu) => cpu.postgres)}, processor ${ms((cpu) => cpu.processor)}, engines ` +
    `${ms((cpu) => cpu.engines)}), ${each((counted) => counted.writingCommits).toFixed(2)} writing commits of ` +
    `${each((counted) => counted.transactions).toFixed(2)} transactions, p50 ${middle(({ latencies }) => latencies.p50)} ms, p99 ` +
    `${middle(({ latencies }) => latencies.p99)} ms, ${percent(mean(turns, ({ stolenShare }) => stolenShare))} of the machine taken by its host`
  );
}

const idleShareOf = (turns: readonly Turn[]) => mean(turns, (each) => each.idleShare);
const perSecond = (turns: readonly Turn[]) => mean(turns, ({ load }) => load.perSecond);
/** Of everything that belongs to a shop. */
const sumOf = (cpu: CpuSeconds) => cpu.shop + cpu.postgres + cpu.processor + cpu.engines;
const sum = <Each>(all: readonly Each[], of: (each: Each) => number) =>
  all.reduce((total, each) => total + of(each), 0);
const mean = <Each>(all: readonly Each[], of: (each: Each) => number) => sum(all, of) / all.length;
const percent = (share: number) => `${Math.round(100 * share)} %`;
