import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limitCores } from '../core-share.ts';
import type { Figure } from '../figures.ts';
import { listed } from '../listed.ts';
import { closedLoop, type LoadResult } from '../load/closed-loop.ts';
import { getRequest } from '../load/connection.ts';
import { cpuBetween, cpuOf, replicasOf } from '../load/processes.ts';
import type { Part, Run } from '../part.ts';
import { caughtUp } from '../settled.ts';
import { type BenchShop, benchHome, startBenchShop } from '../shop.ts';
import { checkouts } from './checkouts.ts';

const READERS = 64;
/** Products that are read. */
const READ = 200;
const PLACEMENTS = ['together', 'spread'] as const;
type Placement = (typeof PLACEMENTS)[number];

/**
 * How checkouts, storefront pages and searches grow with the replicas of the process behind a topology's balancer, leaders together and
 * spread.
 */
export const replicasPart: Part = {
  name: 'replicas',
  takes: ({ seconds, replicas = [] }) => shopsOf(replicas).length * (3.2 * seconds + 45),
  async measure(run) {
    const figures: Figure[] = [];
    let first: Grown | undefined;
    for (const [count, placement] of shopsOf(run.replicas ?? [])) {
      const grown = await grownTo(run, count, placement);
      first ??= grown;
      figures.push(...figuresOf(count, placement, grown, first));
    }
    return figures;
  },
};

interface Load {
  readonly load: LoadResult;
  /** CPU of everything but the load generator, for each journey. */
  readonly cpuMs: number;
}

const LOADS = ['checkouts', 'pages', 'searches'] as const;
type Grown = Readonly<Record<(typeof LOADS)[number], Load>>;

/** One process alone has nobody to share with. */
function shopsOf(counts: readonly number[]): readonly (readonly [number, Placement])[] {
  return counts.flatMap((count) =>
    PLACEMENTS.filter((placement) => count > 1 || placement === 'together').map(
      (placement) => [count, placement] as const,
    ),
  );
}

async function grownTo(run: Run, count: number, placement: Placement): Promise<Grown> {
  const home = await benchHome();
  try {
    const file = join(home.path, 'topology.json');
    const { topology, balanced } = await topologyWith(run.topology ?? '', count, placement);
    await writeFile(file, JSON.stringify(topology));
    run.progress(`starting ${run.topology} with ${count}, leaders ${placement}`);
    const shop = await startBenchShop(home.path, { JANGTEO_DEMO: 'off' }, file);
    let unlimit = () => {};
    try {
      await run.fill(shop);
      const pages = (await listed(shop, READ)).map((id) =>
        getRequest(`/en/p/${id}?currency=GBP`, 'accept-encoding: br\r\n'),
      );
      const searches = run.skus.slice(0, READ).map((sku) => getRequest(`/v1/search?q=${sku}`));
      // Programs compile what they do often, and keep the pages they have rendered: without this the first of them would look slow.
      await closedLoop(checkouts(shop, run.shoppers, run.seconds, run.skus));
      await reads(shop, run.seconds / 2, pages);
      if (run.coreShare !== undefined) unlimit = limitCores(replicasOf(shop.pid, balanced), run.coreShare);
      return {
        checkouts: await loaded(shop, () => closedLoop(checkouts(shop, run.shoppers, run.seconds, run.skus))),
        pages: await loaded(shop, () => reads(shop, run.seconds / 2, pages)),
        searches: await loaded(shop, () => reads(shop, run.seconds / 2, searches)),
      };
    } finally {
      await shop.stop();
      unlimit();
    }
  } finally {
    await home.discard();
  }
}

/** The topology with so many replicas of what its balancer leads to, and which process that is. Throws when it has no balancer. */
async function topologyWith(name: string, replicas: number, leaders: Placement) {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'topologies', `${name}.json`), 'utf8');
  const topology = JSON.parse(text) as {
    readonly balancer?: { readonly to: string };
    readonly processes: Readonly<Record<string, object>>;
  };
  const { balancer, processes } = topology;
  if (balancer === undefined) throw new Error(`${name} has no balancer: --replicas needs one, such as scale-out`);
  const balanced = balancer.to;
  const grown = { ...processes, [balanced]: { ...processes[balanced], replicas } };
  return { balanced, topology: { ...topology, leaders, processes: grown } };
}

function reads(shop: BenchShop, seconds: number, paths: readonly string[]): Promise<LoadResult> {
  return closedLoop({
    ...{ port: shop.port, users: READERS, seconds, warmUpSeconds: seconds / 5 },
    journey: async (connection, reader, round) => {
      const status = await connection.statusOf(paths[(reader + round * READERS) % paths.length] ?? '');
      if (status !== 200) throw new Error(`a read was answered ${status}`);
    },
  });
}

async function loaded(shop: BenchShop, work: () => Promise<LoadResult>): Promise<Load> {
  await caughtUp(shop);
  const before = cpuOf(shop.pid);
  const load = await work();
  await caughtUp(shop);
  const { shop: processes, postgres, processor, engines } = cpuBetween(before, cpuOf(shop.pid));
  return { load, cpuMs: ((processes + postgres + processor + engines) * 1_000) / load.all };
}

function figuresOf(count: number, placement: Placement, grown: Grown, first: Grown): readonly Figure[] {
  const where = `${count} ${count === 1 ? 'process' : `processes, leaders ${placement}`}`;
  return LOADS.map((what) => {
    const { load, cpuMs } = grown[what];
    return {
      name: `${where}: ${what}`,
      value: load.perSecond,
      unit: '/s',
      note:
        `${Math.round((100 * load.perSecond) / first[what].load.perSecond)} % of one process's, ${cpuMs.toFixed(2)} ms of CPU each, ` +
        `p50 ${load.latencies.p50.toFixed(1)} ms, p99 ${load.latencies.p99.toFixed(1)} ms, ${load.failed} failed`,
    };
  });
}
