import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from '../figures.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { getRequest, openConnection } from '../load/connection.ts';
import { cpuOf } from '../load/processes.ts';
import { type PageVisit, THROTTLING, visits, withBrowser } from '../page-visits.ts';
import type { Part, Run } from '../part.ts';
import { type BenchShop, startBenchShop } from '../shop.ts';

const READERS = 64;
const EDITS_PER_SECOND = 25;
/** No divisor of the number of products: every one has its turn. */
const STRIDE = 37;
const PAGES_PER_SECOND = 1_500;
const SCRIPT_KB = 100;
const LARGEST_PAINT_S = 1;
const SEEN_PRODUCT = 'moon-jar-mug';

/** Product pages as a crowd asks for them, and pages as one newcomer sees them. */
export const pagesPart: Part = {
  name: 'pages',
  takes: ({ seconds }) => 2 * loadSeconds(seconds) + 130,
  async measure(run) {
    return [...(await underLoad(run)), ...(await inTheBrowser(run))];
  },
};

const loadSeconds = (seconds: number) => Math.max(2, seconds / 3);

/** Every listed product's page in turn: from nothing, from the cache, and while prices change. */
async function underLoad(run: Run): Promise<readonly Figure[]> {
  const shop = await run.shop();
  const requests = run.productIds.map((id) => getRequest(`/en/p/${id}?currency=GBP`, 'accept-encoding: br\r\n'));
  run.progress('product pages: rendered once each, from the cache, and while prices change');
  const cold = await firstPass(shop, requests);
  const warm = await load(shop, requests, loadSeconds(run.seconds));
  const editing = edits(shop, run.productIds);
  const edited = await load(shop, requests, loadSeconds(run.seconds)).finally(() => editing.stop());
  const products = `${requests.length.toLocaleString('en')} products in turn`;
  return [
    { name: 'product pages, none in the cache', value: cold, unit: '/s', note: `${products}, each once` },
    {
      name: 'product pages',
      ...{ value: warm.perSecond, unit: '/s', bar: { atLeast: PAGES_PER_SECOND } },
      note: `${products}; ${warm.note}`,
    },
    {
      name: 'product pages while prices change',
      ...{ value: edited.perSecond, unit: '/s', bar: { atLeast: PAGES_PER_SECOND } },
      note: `${await editing.done()} prices, ${EDITS_PER_SECOND}/s wanted, each drops its page and those that show it; ${edited.note}`,
    },
  ];
}

/** Every page once, by all readers together: pages per second. */
async function firstPass(shop: BenchShop, requests: readonly string[]): Promise<number> {
  const left = requests.values();
  const from = performance.now();
  const reader = async () => {
    const connection = await openConnection(shop.port);
    for (const request of left) await expectPage(connection.statusOf(request));
    connection.close();
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return requests.length / ((performance.now() - from) / 1_000);
}

async function load(shop: BenchShop, requests: readonly string[], seconds: number) {
  const before = cpuOf(shop.pid);
  const from = performance.now();
  const { perSecond, latencies, failed, firstFailure } = await closedLoop({
    ...{ port: shop.port, users: READERS, seconds },
    journey: (connection, reader, round) =>
      expectPage(connection.statusOf(requests[(reader + round * READERS) % requests.length] ?? '')),
  });
  if (failed > 0) throw new Error(firstFailure);
  const after = cpuOf(shop.pid);
  const share = (used: number) => `${Math.round((100_000 * used) / (performance.now() - from))} %`;
  const busy = `server ${share(after.shop - before.shop)}, generator ${share(after.generator - before.generator)} of a core`;
  return { perSecond, note: `p99 ${latencies.p99.toFixed(1)} ms; ${busy}` };
}

async function expectPage(answered: Promise<number>): Promise<void> {
  const status = await answered;
  if (status !== 200) throw new Error(`a page was answered ${status}`);
}

/** Changes prices evenly in time, now of this product, now of one far from it in the list, until stopped. */
function edits(shop: BenchShop, productIds: readonly string[]) {
  let isStopped = false;
  let made = 0;
  const editing = (async () => {
    const from = performance.now();
    while (!isStopped) {
      const sku = (productIds[(made * STRIDE) % productIds.length] ?? '').toUpperCase();
      await shop.admin('PUT', `/v1/admin/skus/${sku}/prices/GBP`, { amount: 10_000 + made });
      made++;
      const due = from + (made * 1_000) / EDITS_PER_SECOND;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    }
  })();
  editing.catch(() => undefined);
  return {
    stop() {
      isStopped = true;
    },
    async done(): Promise<number> {
      await editing;
      return made;
    },
  };
}

/** The sample catalogue with its pictures, on a shop of its own, as a newcomer with a slow phone or laptop sees it. */
async function inTheBrowser(run: Run): Promise<readonly Figure[]> {
  run.progress(`pages in the browser, its processor slowed ${THROTTLING} times`);
  const home = join(run.home, 'sample');
  await mkdir(home, { mode: 0o711 });
  const shop = await startBenchShop(home, { JANGTEO_DEMO: 'on' });
  try {
    return await withBrowser(async (browser) => {
      const figures: Figure[] = [];
      for (const [name, path] of [
        ['product page', `/en/p/${SEEN_PRODUCT}`],
        ['home page', '/en/'],
      ] as const) {
        const url = `http://localhost:${shop.port}${path}`;
        const onPhone = await visits(browser, url, 'phone');
        const onDesktop = await visits(browser, url, 'desktop');
        if (name === 'product page') figures.push(scripts(name, onPhone));
        figures.push(largestPaint(`${name}, 360 px`, onPhone), largestPaint(`${name}, 1440 px`, onDesktop));
      }
      return figures;
    });
  } finally {
    await shop.stop();
  }
}

function scripts(name: string, { scriptBytes }: PageVisit): Figure {
  return {
    name: `${name}: JavaScript`,
    ...{ value: scriptBytes / 1_000, unit: 'kB', bar: { atMost: SCRIPT_KB } },
    note: 'over the wire, compressed, heads counted in',
  };
}

function largestPaint(name: string, { largestPaintMs, allBytes }: PageVisit): Figure {
  return {
    name: `${name}: Largest Contentful Paint`,
    ...{ value: largestPaintMs / 1_000, unit: 's', bar: { atMost: LARGEST_PAINT_S } },
    note: `processor slowed ${THROTTLING} times, nothing cached; ${Math.round(allBytes / 1_000)} kB in all`,
  };
}
