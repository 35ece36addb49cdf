import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../figures.ts';
import { closedLoop, type LoadResult } from '../load/closed-loop.ts';
import { type CpuSeconds, cpuBetween, cpuOf } from '../load/processes.ts';
import type { Part, Run } from '../part.ts';
import { countedBetween, type PostgresCounters, readCounters } from '../postgres-counters.ts';
import { caughtUp } from '../settled.ts';
import { type BenchShop, benchHome, startBenchShop } from '../shop.ts';
import { checkouts } from './checkouts.ts';

/** How much of the laptop's checkouts a topology must make on the same machine, in percent. */
const BARS: Readonly<Record<string, number>> = { 'scale-out': 100, microservices: 25 };
const LOADS = ['spread', 'one product'] as const;

/**
 * The same checkouts on the laptop and on another topology, one after the other, each warmed up for as long, engines and load generator on
 * the same cores.
 */
export const topologyPart: Part = {
  name: 'topology',
  takes: ({ seconds }) => 6 * (seconds + 10) + 90,
  async measure(run) {
    const { topology } = run;
    if (topology === undefined) throw new Error('say which topology: --topology scale-out');
    const laptop = await both(run, await run.shop(), 'laptop');
    await (await run.shop()).stop();
    const home = await benchHome();
    try {
      run.progress(`starting ${topology}`);
      const shop = await startBenchShop(home.path, { JANGTEO_DEMO: 'off' }, topology);
      try {
        await run.fill(shop);
        const other = await both(run, shop, topology);
        const violations = await shop.verify();
        return [
          ...LOADS.flatMap((load, index) => figures(topology, load, laptop[index] as Loaded, other[index] as Loaded)),
          {
            name: `${topology}: violated invariants`,
            value: violations.length,
            unit: '',
            bar: { atMost: 0 },
            note: violations[0] ?? '',
          },
        ];
      } finally {
        await shop.stop();
      }
    } finally {
      await home.discard();
    }
  },
};

interface Loaded {
  readonly load: LoadResult;
  readonly cpu: CpuSeconds;
  readonly counted: PostgresCounters;
}

/** PostgreSQL's backends report their counters at most once a second. */
const REPORTED_AFTER_MS = 1_500;

async function both(run: Run, shop: BenchShop, name: string): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = [];
  // Every program compiles what it does often: engines on the JVM use a core for that in their first minute.
  run.progress(`${name}: warming up`);
  await closedLoop(checkouts(shop, run.shoppers, run.seconds, run.skus));
  for (const skus of [run.skus, run.skus.slice(0, 1)]) {
    run.progress(
      `${name}: checkouts, ${skus.length === 1 ? 'everybody the same product' : 'spread over the catalogue'}`,
    );
    await caughtUp(shop);
    const counters = await readCounters(shop.postgresUrl);
    const before = cpuOf(shop.pid);
    const load = await closedLoop(checkouts(shop, run.shoppers, run.seconds, skus));
    await caughtUp(shop);
    const cpu = cpuBetween(before, cpuOf(shop.pid));
    await pause(REPORTED_AFTER_MS);
    loaded.push({ load, cpu, counted: countedBetween(counters, await readCounters(shop.postgresUrl)) });
  }
  return loaded;
}

function figures(topology: string, how: string, laptop: Loaded, other: Loaded): readonly Figure[] {
  const share = (100 * other.load.perSecond) / laptop.load.perSecond;
  const least = BARS[topology];
  return [
    {
      name: `${topology}, ${how}: checkouts, of the laptop's`,
      value: share,
      unit: '%',
      ...(least !== undefined && { bar: { atLeast: least } }),
      note: `${told(other)}; laptop ${told(laptop)}`,
    },
    {
      name: `${topology}, ${how}: failed`,
      value: other.load.failed,
      unit: '',
      bar: { atMost: 0 },
      note: other.load.firstFailure ?? '',
    },
  ];
}

function told({ load, cpu, counted }: Loaded): string {
  const ms = (seconds: number) => ((seconds * 1_000) / load.all).toFixed(2);
  const { p50, p99 } = load.latencies;
  const all = cpu.shop + cpu.postgres + cpu.processor + cpu.engines;
  return (
    `${Math.round(load.perSecond)}/s at ${ms(all)} ms of CPU (shop ${ms(cpu.shop)}, PostgreSQL ${ms(cpu.postgres)}, processor ` +
    `${ms(cpu.processor)}, engines ${ms(cpu.engines)}), ${(counted.writingCommits / load.all).toFixed(2)} writing commits of ` +
    `${(counted.transactions / load.all).toFixed(2)} transactions, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`
  );
}
