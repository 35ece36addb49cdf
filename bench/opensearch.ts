import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { startEngine } from '../src/composition/local-engines/start.ts';
import { systemClock, systemRandom } from '../src/platform/clock/system.ts';
import { silentLogger } from '../src/platform/telemetry/silent.ts';
import { openSearchIndex } from '../src/services/search/opensearch/index.ts';
import type { IndexEntry } from '../src/services/search/port.ts';
import { searchLoad, summary } from './search-load.ts';
import { seeded } from './seeded.ts';
import { benchHome } from './shop.ts';

/**
 * The search index on OpenSearch, over the products and queries of `search.ts`: how fast it is filled, how fast changes are written one by one
 * as they are heard; p50 and p99 by kind of query for one user alone, and of all kinds mixed as they come by a clock, counted from when
 * each was due. Beside each what it takes of processor time, ours and the engine's. On an OpenSearch of its own with the memory
 * that `topologies/microservices.json` gives it, on a disk; or on the one that JANGTEO_TEST_OPENSEARCH names.
 * `node bench/opensearch.ts [products] [queries a kind] [seconds at each rate]`
 */
const PRODUCTS = Number(process.argv[2] ?? 100_000);
const QUERIES = Number(process.argv[3] ?? 100);
const SECONDS = Number(process.argv[4] ?? 20);
const PAGE = 500;
const CHANGES = Math.min(PRODUCTS, 3_000);
/** As many changes are under way at once as a subscription handles. */
const HEARD_AT_ONCE = 16;
const RATES = [10, 25, 50];
const MEMORY_MB = 512;
/** Of each kind: a JVM compiles what it does often, and a query takes several times as long before. */
const WARM_QUERIES = 100;
/** What is acknowledged is merged and refreshed a moment later. */
const SETTLED_MS = 5_000;
/** A product is two documents: what is found, and whether it is in stock, which changes oftener. */
const DOCUMENTS_A_PRODUCT = 2;
const BARS = { filledPerSecond: 2_000, p99Ms: 50 };

const home = await benchHome();
const own = process.env.JANGTEO_TEST_OPENSEARCH === undefined ? await started() : undefined;
const url = own?.url ?? process.env.JANGTEO_TEST_OPENSEARCH ?? '';
const prefix = `bench-${process.pid}`;
const index = openSearchIndex({
  ...{ url, prefix, queryTimeoutMs: 60_000, onLost: () => undefined },
  ...{ clock: systemClock, random: systemRandom, logger: silentLogger },
});
const { product, queries } = searchLoad();
const alive = setInterval(() => undefined, 1_000);

try {
  const filled = await measured(PRODUCTS * DOCUMENTS_A_PRODUCT, () =>
    index.replaceAll({ availability: stock(), entries: products() }),
  );
  tell(`documents of ${PRODUCTS} products filled in, two a product`, filled, BARS.filledPerSecond);
  const changed = await measured(CHANGES, change);
  tell(`changed, ${HEARD_AT_ONCE} at once`, changed);
  await pause(SETTLED_MS);
  const alone: number[] = [];
  const rows = [];
  for (let warm = 0; warm < WARM_QUERIES; warm++) for (const make of Object.values(queries)) await run(make());
  for (const [kind, make] of Object.entries(queries)) {
    const times: number[] = [];
    for (let at = 0; at < QUERIES; at++) times.push(await run(make()));
    alone.push(...times);
    rows.push({ kind, ...summary(times) });
  }
  console.table([...rows, { kind: 'all', ...summary(alone) }]);
  const rates: Record<string, ReturnType<typeof summary>> = {};
  for (const rate of RATES) {
    const times: number[] = [];
    const cost = await measured(rate * SECONDS, () => arriving(rate, times));
    rates[rate] = summary(times);
    tell(`searched as they come, ${rate}/s: p50 ${rates[rate].p50} ms, p99 ${rates[rate].p99} ms`, cost);
  }
  const { p99 } = summary(alone);
  console.log(`p99 of one user alone ${p99} ms, bar ${BARS.p99Ms} ms${p99 > BARS.p99Ms ? ' MISSED' : ''}`);
  console.log(JSON.stringify({ products: PRODUCTS, filled, changed, alone: summary(alone), rates }));
} finally {
  await index.close();
  await fetch(`${url}/${prefix}-products-1,${prefix}-stock-1`, { method: 'DELETE' });
  clearInterval(alive);
  await own?.stop();
  await home.discard();
}

function started() {
  const say = (line: string) => console.error(line);
  return startEngine('opensearch', { home: home.path, endsWithUs: true, memoryMb: MEMORY_MB, say });
}

/** What so many of something took: how many a second, and the processor time of each, in µs. */
interface Cost {
  readonly perSecond: number;
  readonly ourCpuUs: number;
  readonly engineCpuUs: number;
}

async function measured(count: number, work: () => Promise<unknown>): Promise<Cost> {
  const [ours, engines, began] = [process.cpuUsage(), await engineCpuMs(), performance.now()];
  await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(ours);
  const engineMs = (await engineCpuMs()) - engines;
  return {
    perSecond: Math.round((count / ms) * 1_000),
    ourCpuUs: Math.round((user + system) / count),
    engineCpuUs: Math.round((engineMs * 1_000) / count),
  };
}

async function engineCpuMs(): Promise<number> {
  const answer = await fetch(`${url}/_nodes/stats/process`);
  const { nodes } = (await answer.json()) as {
    nodes: Record<string, { process: { cpu: { total_in_millis: number } } }>;
  };
  return Object.values(nodes).reduce((sum, { process: { cpu } }) => sum + cpu.total_in_millis, 0);
}

function tell(what: string, { perSecond, ourCpuUs, engineCpuUs }: Cost, bar?: number): void {
  const judged = bar === undefined ? '' : `, bar ${bar}/s${perSecond < bar ? ' MISSED' : ''}`;
  console.log(`${what}: ${perSecond}/s${judged}; CPU each: ours ${ourCpuUs} µs, OpenSearch ${engineCpuUs} µs`);
}

async function change(): Promise<void> {
  const entries = Array.from({ length: CHANGES }, (_, number): IndexEntry => ({ ...product(number), version: 2 }));
  for (let at = 0; at < CHANGES; at += HEARD_AT_ONCE) await index.put(entries.slice(at, at + HEARD_AT_ONCE));
  await index.refreshed();
}

async function* products(): AsyncGenerator<readonly IndexEntry[]> {
  for (let from = 0; from < PRODUCTS; from += PAGE)
    yield Array.from({ length: Math.min(PAGE, PRODUCTS - from) }, (_, at) => product(from + at));
}

async function* stock() {
  for (let from = 0; from < PRODUCTS; from += PAGE)
    yield Array.from({ length: Math.min(PAGE, PRODUCTS - from) }, (_, at) => {
      return { sku: `SKU-${from + at}`, availability: 'in_stock', version: 1 } as const;
    });
}

/** Searches of all kinds in turn, by a seeded Poisson clock; their times count from when they were due. */
async function arriving(rate: number, times: number[]): Promise<void> {
  const random = seeded(rate);
  const kinds = Object.values(queries);
  const under: Promise<void>[] = [];
  let due = performance.now();
  for (let at = 0; at < rate * SECONDS; at++) {
    due += (-Math.log(1 - random()) / rate) * 1_000;
    await pause(Math.max(0, due - performance.now()));
    const [wanted, make] = [due, kinds[at % kinds.length] ?? (() => '')];
    under.push(run(make()).then(() => void times.push(performance.now() - wanted)));
  }
  await Promise.all(under);
}

async function run(q: string): Promise<number> {
  const began = performance.now();
  await index.search({ q, limit: 20, offset: 0 });
  return performance.now() - began;
}
