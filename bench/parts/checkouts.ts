import { setTimeout as pause } from 'node:timers/promises';
import { checkout, newRun } from '../checkout-journey.ts';
import type { Figure } from '../figures.ts';
import { closedLoop, type LoadResult } from '../load/closed-loop.ts';
import { type CpuSeconds, cpuBetween, cpuOf } from '../load/processes.ts';
import type { Part, Run } from '../part.ts';
import { countedBetween, type PostgresCounters, readCounters } from '../postgres-counters.ts';
import { type CatchUp, caughtUp } from '../settled.ts';
import type { BenchShop } from '../shop.ts';
import { type FloorSlice, startFloor } from './floor.ts';
import { type Memory, watchMemory } from './memory.ts';

/** PostgreSQL's backends report their counters at most once a second. */
const REPORTED_AFTER_MS = 1_500;

/** Whole checkouts by everybody at once, over the whole catalogue and all of one product, between slices of the floor. */
export const checkoutsPart: Part = {
  name: 'checkouts',
  takes: ({ seconds }) => 3 * floorSeconds(seconds) + 2 * (seconds + 10),
  async measure(run) {
    const shop = await run.shop();
    const floor = await startFloor(shop);
    try {
      const slice = () => {
        run.progress('the floor');
        return floor.slice(floorSeconds(run.seconds));
      };
      const before = await slice();
      const spread = await oneLoad(run, shop, run.skus, 'spread over the catalogue');
      const between = await slice();
      const hot = await oneLoad(run, shop, run.skus.slice(0, 1), 'everybody the same product');
      const after = await slice();
      run.checkoutsPerSecond = spread.load.perSecond;
      return [
        ...floorFigures([before, between, after]),
        ...loadFigures('spread', spread, (before.perSecond + between.perSecond) / 2),
        ...loadFigures('one product', hot, (between.perSecond + after.perSecond) / 2),
        ...memoryFigures([spread.memory, hot.memory]),
      ];
    } finally {
      await floor.stop();
    }
  },
};

interface Measured {
  readonly load: LoadResult;
  readonly cpu: CpuSeconds;
  readonly counted: PostgresCounters;
  readonly catchUp: CatchUp;
  readonly memory: Memory;
}

const floorSeconds = (seconds: number) => Math.max(2, Math.round(seconds / 6));

/** Everything that the load causes is counted until the shop has nothing left to do, what the warm-up causes too. */
async function oneLoad(run: Run, shop: BenchShop, skus: readonly string[], how: string): Promise<Measured> {
  const { seconds, shoppers } = run;
  run.progress(`checkouts, ${how}`);
  await caughtUp(shop);
  const counters = await readCounters(shop.postgresUrl);
  const memory = watchMemory(shop);
  const cpu = cpuOf(shop.pid);
  const load = await closedLoop(checkouts(shop, shoppers, seconds, skus));
  const generator = cpuOf(shop.pid).generator;
  const catchUp = await caughtUp(shop);
  const used = { ...cpuBetween(cpu, cpuOf(shop.pid)), generator: generator - cpu.generator };
  const peak = await memory.stop();
  await pause(REPORTED_AFTER_MS);
  const counted = countedBetween(counters, await readCounters(shop.postgresUrl));
  return { load, cpu: used, counted, catchUp, memory: peak };
}

/** A closed loop of checkouts: each shopper takes the next of `skus`. */
export function checkouts(shop: BenchShop, shoppers: number, seconds: number, skus: readonly string[]) {
  const key = newRun();
  return {
    ...{ port: shop.port, users: shoppers, seconds, warmUpSeconds: Math.min(3, seconds / 5) },
    journey: (connection: Parameters<typeof checkout>[0], shopper: number, round: number) =>
      checkout(connection, skus[(shopper + round * shoppers) % skus.length] ?? '', `${key}-${shopper}-${round}`),
  };
}

function floorFigures(slices: readonly FloorSlice[]): readonly Figure[] {
  const mean = (of: (slice: FloorSlice) => number) => slices.reduce((sum, slice) => sum + of(slice), 0) / slices.length;
  const each = slices.map(({ perSecond }) => Math.round(perSecond).toLocaleString('en')).join(', ');
  return [
    {
      name: 'floor: one call, one durable row',
      value: mean(({ perSecond }) => perSecond),
      unit: '/s',
      note: `${mean(({ cpuMs }) => cpuMs).toFixed(3)} ms of CPU each; 128 clients, before, between and after: ${each}`,
    },
  ];
}

function loadFigures(how: string, { load, cpu, counted, catchUp }: Measured, floor: number): readonly Figure[] {
  const each = (amount: number) => amount / load.all;
  const ms = (seconds: number) => each(seconds * 1_000);
  const { p50, p99 } = load.latencies;
  return [
    {
      name: `${how}: checkouts`,
      value: load.perSecond,
      unit: '/s',
      bar: { atLeast: 2_000 },
      note: `whole journey p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    },
    { name: `${how}: failed`, value: load.failed, unit: '', bar: { atMost: 0 }, note: load.firstFailure ?? '' },
    { name: `${how}: share of the floor`, value: (100 * load.perSecond) / floor, unit: '%', bar: { atLeast: 15 } },
    {
      name: `${how}: CPU per checkout`,
      value: ms(cpu.shop + cpu.postgres + cpu.processor),
      unit: 'ms',
      bar: { atMost: 0.8 },
      note:
        `shop ${ms(cpu.shop).toFixed(3)}, PostgreSQL ${ms(cpu.postgres).toFixed(3)}, processor ` +
        `${ms(cpu.processor).toFixed(3)}; the load generator, not counted, ${ms(cpu.generator).toFixed(3)}`,
    },
    {
      name: `${how}: rows per checkout`,
      value: each(counted.rows),
      unit: '',
      note:
        `${each(counted.writingCommits).toFixed(2)} writing commits, ${each(counted.transactions).toFixed(2)} transactions, ` +
        `${Math.round(each(counted.walBytes)).toLocaleString('en')} bytes of WAL, ${each(counted.fsyncs).toFixed(3)} fsyncs`,
    },
    {
      name: `${how}: fsync time per checkout`,
      value: each(counted.fsyncMs),
      unit: 'ms',
      note: `${(counted.fsyncMs / counted.fsyncs).toFixed(2)} ms a flush`,
    },
    {
      name: `${how}: views caught up after`,
      value: catchUp.viewsMs / 1_000,
      unit: 's',
      bar: { atMost: 5 },
      note: `who hears events after ${(catchUp.subscriptionsMs / 1_000).toFixed(2)} s`,
    },
  ];
}

function memoryFigures(peaks: readonly Memory[]): readonly Figure[] {
  const residentMb = Math.max(...peaks.map((peak) => peak.residentMb));
  const indexMb = Math.min(...peaks.map((peak) => peak.indexMb));
  return [
    {
      name: 'memory of the shop, index apart',
      value: residentMb - indexMb,
      unit: 'MB',
      bar: { atMost: 350 },
      note: `most resident ${residentMb.toFixed(0)} MB, less the heap and buffers of the index's worker, ${indexMb.toFixed(0)} MB`,
    },
  ];
}
