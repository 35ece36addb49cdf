import { cpus, totalmem } from 'node:os';
import { catalogue, SELLER } from './catalogue.ts';
import { checkouts } from './checkouts.ts';
import type { LoadResult } from './load/closed-loop.ts';
import { residentMb, usageOf } from './load/processes.ts';
import { bareReads, reads, searchLatency } from './reads.ts';
import { type BenchShop, benchHome, startBenchShop } from './shop.ts';

/** One line of the bench's table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note?: string;
}

export interface BenchOptions {
  /** How long each load lasts. */
  readonly seconds: number;
  readonly shoppers: number;
  readonly progress: (line: string) => void;
}

/** Exact, prefix, typo, Korean word, Korean mid-word. */
const QUERIES = ['teapot', 'linen', 'cera', 'lam', 'teapto', 'cermaic', '도자기', '수건', '자기', '전자'];
const PRODUCTS = 5_000;

/** Runs a shop of its own and measures it, the load generator beside it on the same machine. */
export async function bench({
  seconds,
  shoppers,
  progress,
}: BenchOptions): Promise<{ readonly machine: string; readonly figures: readonly Figure[] }> {
  const home = await benchHome();
  const figures: Figure[] = [];
  let shop: BenchShop | undefined;
  try {
    progress('first start: database made, migrated, sample catalogue loaded');
    shop = await startBenchShop(home.path);
    figures.push({ name: 'first start', value: shop.startMs / 1000, unit: 's' });
    await shop.stop();
    progress('second start');
    shop = await startBenchShop(home.path);
    figures.push({ name: 'second start', value: shop.startMs / 1000, unit: 's' });
    await shop.stop();
    // Measured without the demo's sellers and carrier, who would ship beside the shoppers.
    shop = await startBenchShop(home.path, { JANGTEO_DEMO: 'off' });
    const skus = await fillShop(shop, progress);
    figures.push(...(await measureReads(shop, seconds, progress)));
    figures.push(...(await measureCheckouts(shop, shoppers, seconds, skus, 'spread over the catalogue', progress)));
    figures.push(
      ...(await measureCheckouts(shop, shoppers, seconds, skus.slice(0, 1), 'everybody the same product', progress)),
    );
    figures.push({
      name: 'memory of the shop',
      value: residentMb(shop.pid),
      unit: 'MB',
      note: 'resident, its Node process with the search index',
    });
  } finally {
    await shop?.stop();
    await home.discard();
  }
  return {
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${cpus()[0]?.model ?? ''}, Node ${process.version}`,
    figures,
  };
}

async function fillShop(shop: BenchShop, progress: BenchOptions['progress']): Promise<readonly string[]> {
  progress(`a catalogue of ${PRODUCTS.toLocaleString('en')} products`);
  const { csv, skus } = catalogue(PRODUCTS);
  await shop.admin('PUT', '/v1/admin/sellers/bench-seller', SELLER);
  await shop.importCsv(csv);
  return skus;
}

async function measureReads(
  shop: BenchShop,
  seconds: number,
  progress: BenchOptions['progress'],
): Promise<readonly Figure[]> {
  const { items } = (await shop.admin('GET', '/v1/products?limit=1')) as { items: { productId: string }[] };
  const path = `/v1/products/${items[0]?.productId}`;
  const bytes = await (await fetch(`http://127.0.0.1:${shop.port}${path}`)).text();
  progress('product reads');
  const detail = await reads(shop.port, path, seconds);
  const list = await reads(shop.port, '/v1/products?limit=20', seconds);
  progress('a bare route with the same bytes');
  const bare = await bareReads(bytes, seconds);
  progress('searches');
  const search = await searchLatency(shop.port, QUERIES, 50);
  return [
    {
      name: 'product detail',
      value: detail.perSecond,
      unit: '/s',
      note: `${percent(detail.perSecond / bare.perSecond)} of a bare route with the same bytes (${Math.round(bare.perSecond)}/s)`,
    },
    { name: 'product list (20)', value: list.perSecond, unit: '/s', note: `p99 ${list.p99.toFixed(1)} ms` },
    { name: 'search p50', value: search.p50, unit: 'ms' },
    { name: 'search p99', value: search.p99, unit: 'ms' },
  ];
}

async function measureCheckouts(
  shop: BenchShop,
  shoppers: number,
  seconds: number,
  skus: readonly string[],
  how: string,
  progress: BenchOptions['progress'],
): Promise<readonly Figure[]> {
  progress(`checkouts, ${how}`);
  const before = usageOf(shop.pid);
  const from = performance.now();
  const load: LoadResult = await checkouts(shop.port, shoppers, seconds, skus);
  const share = (seconds * 1000) / (performance.now() - from);
  const cpuSeconds = (usageOf(shop.pid).cpuSeconds - before.cpuSeconds) * share;
  const failures = load.failed === 0 ? '' : `; ${load.failed} FAILED: ${load.firstFailure}`;
  return [
    {
      name: `checkouts, ${how}`,
      value: load.perSecond,
      unit: '/s',
      note: `${shoppers} shoppers, whole journey p50 ${load.p50.toFixed(0)} ms, p99 ${load.p99.toFixed(0)} ms${failures}`,
    },
    {
      name: 'CPU per checkout',
      value: (cpuSeconds * 1000) / load.done,
      unit: 'ms',
      note: 'shop, PostgreSQL, processor and carrier together',
    },
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
