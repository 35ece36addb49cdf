import { cpus, totalmem } from 'node:os';
import { catalogue, SELLER } from './catalogue.ts';
import { type Figure, type JudgedFigure, judged } from './figures.ts';
import { listed } from './listed.ts';
import type { BenchOptions, Part, Run } from './part.ts';
import { logPart, reservationsPart, sagasPart, searchPart } from './parts/alone.ts';
import { checkoutsPart } from './parts/checkouts.ts';
import { idleConnectionsPart } from './parts/idle-connections.ts';
import { openModelPart } from './parts/open-model.ts';
import { pagesPart } from './parts/pages.ts';
import { readsPart } from './parts/reads.ts';
import { rebuildPart } from './parts/rebuild.ts';
import { replicasPart } from './parts/replicas.ts';
import { screensPart } from './parts/screens.ts';
import { startsPart } from './parts/starts.ts';
import { topologyPart } from './parts/topology.ts';
import { verifyPart } from './parts/verify.ts';
import { type BenchShop, benchHome, startBenchShop } from './shop.ts';

/** In the order they are measured: what loads the shop before what looks at a shop that was loaded. */
const PARTS: readonly Part[] = [
  startsPart,
  readsPart,
  pagesPart,
  screensPart,
  checkoutsPart,
  openModelPart,
  rebuildPart,
  verifyPart,
  logPart,
  sagasPart,
  reservationsPart,
  searchPart,
  idleConnectionsPart,
  topologyPart,
  replicasPart,
];

export const partNames: readonly string[] = PARTS.map(({ name }) => name);
/** Without a topology there is nothing for its parts to do. */
const USUAL = partNames.filter((name) => name !== topologyPart.name && name !== replicasPart.name);

export interface BenchResult {
  readonly machine: string;
  readonly seconds: number;
  readonly shoppers: number;
  readonly figures: readonly JudgedFigure[];
  /** Whether every figure meets its bar. */
  readonly met: boolean;
}

const PRODUCTS = 5_000;
/** Products that parts may read, of those. */
const LISTED = 1_000;
const ENDED_BY_A_SIGNAL = 130;

/** Measures a shop of its own, the load generator beside it on the same machine: all parts, or `only` some. */
export async function bench(options: BenchOptions, only: readonly string[] = USUAL): Promise<BenchResult> {
  const { progress } = options;
  const parts = PARTS.filter(({ name }) => only.includes(name));
  const seconds = parts.reduce((sum, part) => sum + part.takes(options), 15);
  progress(`${parts.map(({ name }) => name).join(', ')}: about ${Math.ceil(seconds / 60)} min`);
  const home = await benchHome();
  const run = openRun(home.path, options);
  const figures: JudgedFigure[] = [];
  const giveUp = async () => {
    await run.close();
    await home.discard();
    process.exit(ENDED_BY_A_SIGNAL);
  };
  options.signal?.addEventListener('abort', giveUp);
  if (options.signal?.aborted) await giveUp();
  try {
    for (const part of parts) {
      for (const figure of await measured(part, run)) figures.push(judged(part.name, figure));
    }
  } finally {
    await run.close();
    await home.discard();
  }
  return {
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${cpus()[0]?.model ?? ''}, Node ${process.version}`,
    seconds: options.seconds,
    shoppers: options.shoppers,
    figures,
    met: figures.every(({ met }) => met !== false),
  };
}

/** A part that fails loses its own figures only, and is told as a bar that was missed. */
async function measured(part: Part, run: Run): Promise<readonly Figure[]> {
  try {
    return await part.measure(run);
  } catch (error) {
    return [
      {
        name: 'could not be measured',
        value: Number.NaN,
        unit: '',
        bar: { atLeast: 1 },
        note: String(error).replaceAll('\n', ' '),
      },
    ];
  }
}

function openRun(home: string, options: BenchOptions): Run & { close(): Promise<void> } {
  const { csv, skus } = catalogue(PRODUCTS);
  const fill = async (empty: BenchShop) => {
    await empty.admin('PUT', '/v1/admin/sellers/bench-seller', SELLER);
    await empty.importCsv(csv);
  };
  let shop: BenchShop | undefined;
  let productIds: readonly string[] = [];

  async function start(): Promise<BenchShop> {
    // Without the demo's sellers and carrier, who would ship beside the shoppers.
    shop = await startBenchShop(home, { JANGTEO_DEMO: 'off' });
    if (productIds.length > 0) return shop;
    options.progress(`a catalogue of ${PRODUCTS.toLocaleString('en')} products`);
    await fill(shop);
    productIds = await listed(shop, LISTED);
    return shop;
  }

  return {
    ...options,
    home,
    fill,
    skus,
    get productIds() {
      return productIds;
    },
    shop: async () => shop ?? start(),
    async freshShop() {
      const filled = shop ?? (await start());
      await filled.stop();
      return start();
    },
    close: async () => shop?.stop(),
  };
}
