import { performance } from 'node:perf_hooks';
import { systemClock, systemRandom } from '../src/platform/clock/system.ts';
import { silentLogger } from '../src/platform/telemetry/silent.ts';
import { openSearchIndex } from '../src/services/search/opensearch/index.ts';
import type { IndexEntry } from '../src/services/search/port.ts';
import { searchLoad, summary } from './search-load.ts';

/**
 * The search index on the OpenSearch that JANGTEO_TEST_OPENSEARCH names, over the products and queries of `search.ts`: how fast it is
 * filled, how fast changes are written one by one as they are heard, and p50 and p99 by kind of query.
 * `node bench/opensearch.ts [products] [queries a kind]`
 */
const PRODUCTS = Number(process.argv[2] ?? 100_000);
const QUERIES = Number(process.argv[3] ?? 100);
const PAGE = 500;
const CHANGES = Math.min(PRODUCTS, 3_000);
/** As many changes are under way at once as a subscription handles. */
const HEARD_AT_ONCE = 16;

const url = process.env.JANGTEO_TEST_OPENSEARCH;
if (url === undefined)
  throw new Error('JANGTEO_TEST_OPENSEARCH must name an OpenSearch with analysis-nori, http://host:port');
const prefix = `bench-${process.pid}`;
const index = openSearchIndex({
  ...{ url, prefix, queryTimeoutMs: 60_000, onLost: () => undefined },
  ...{ clock: systemClock, random: systemRandom, logger: silentLogger },
});
const { product, queries } = searchLoad();
const alive = setInterval(() => undefined, 1_000);

try {
  const filledMs = await timed(() => index.replaceAll({ availability: stock(), entries: products() }));
  const changedMs = await timed(change);
  const all: number[] = [];
  const rows = [];
  for (const [kind, make] of Object.entries(queries)) {
    for (let warm = 0; warm < 10; warm++) await run(make());
    const times: number[] = [];
    for (let at = 0; at < QUERIES; at++) times.push(await run(make()));
    all.push(...times);
    rows.push({ kind, ...summary(times) });
  }
  console.table([...rows, { kind: 'all', ...summary(all) }]);
  console.log(
    JSON.stringify({
      products: PRODUCTS,
      filledPerSecond: Math.round((PRODUCTS / filledMs) * 1_000),
      changedPerSecond: Math.round((CHANGES / changedMs) * 1_000),
      ...summary(all),
    }),
  );
} finally {
  await index.close();
  await fetch(`${url}/${prefix}-products-1,${prefix}-stock-1`, { method: 'DELETE' });
  clearInterval(alive);
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

function run(q: string): Promise<number> {
  return timed(() => index.search({ q, limit: 20, offset: 0 }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
