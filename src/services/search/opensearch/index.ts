import { type Clock, type Random, sleep } from '../../../platform/clock/port.ts';
import { UnavailableFault } from '../../../platform/event-store/port.ts';
import { bulkWriter } from '../../../platform/opensearch/bulk.ts';
import { openEngine } from '../../../platform/opensearch/engine.ts';
import { accepted, generationsOf } from '../../../platform/opensearch/generations.ts';
import { refresher } from '../../../platform/opensearch/refreshing.ts';
import type { CircuitState } from '../../../platform/resilience/circuit-breaker.ts';
import type { Logger } from '../../../platform/telemetry/port.ts';
import type { IndexHealth, SearchIndex } from '../port.ts';
import { NoIndex, searcher } from './finding.ts';
import { levelOf } from './levels.ts';
import { productSchema, schemaHash, stockSchema } from './mapping.ts';
import { pagesAtOnce } from './pages-at-once.ts';
import { type GenerationWriter, generationWriter, LostGeneration, type ProductGeneration } from './writing.ts';

export interface OpenSearchOptions {
  readonly url: string;
  /** What the names of all indices begin with. */
  readonly prefix: string;
  /** After so long a search is given up, in ms. */
  readonly queryTimeoutMs: number;
  /** Called, perhaps often, when none serves and none is being filled. */
  readonly onLost: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** An index outside of the process: it outlives it, and may be out of reach. */
export interface OutsideIndex extends SearchIndex {
  /** Whether one serves: made by this release, by another one (to be filled anew meanwhile), or none. Throws an UnavailableFault. */
  state(): Promise<'filled' | 'outdated' | 'empty'>;
  breaker(): CircuitState;
}

interface Writing {
  readonly generation: ProductGeneration;
  readonly writer: GenerationWriter;
}

const HEALTHY: IndexHealth = { worn: false };
/** While the engine writes one page, the next are read, taken apart and sent. */
const PAGES_AT_ONCE = 3;

/** The search index on an OpenSearch with the analysis-nori plugin. Writes throw an UnavailableFault while it is out of reach. */
export function openSearchIndex(options: OpenSearchOptions): OutsideIndex {
  const { prefix, clock, random, logger } = options;
  const engine = openEngine(options);
  const generations = generationsOf<'products' | 'stock'>({
    ...{ ask: engine.ask, prefix, mark: schemaHash },
    schemas: { products: productSchema, stock: stockSchema },
    searched: 'products',
  });
  const write = bulkWriter({ ask: engine.ask, clock, random });
  const searches = searcher(engine.query, generations.alias, clock);
  const closing = new AbortController();
  let serving: Writing | undefined;
  /** The generation that is being filled; until it is made, writes wait for it. Undefined when it cannot be made. */
  let building: Promise<Writing | undefined> | undefined;
  let size = 0;
  const refresh = refresher(clock, async () => {
    accepted(await engine.ask({ method: 'POST', path: `/${generations.alias}/_refresh` }));
    await count();
  });

  const writingTo = (generation: ProductGeneration): Writing => ({
    generation,
    writer: generationWriter(write, generation),
  });

  async function count(): Promise<void> {
    const query = { term: { live: true } };
    const { body } = accepted(
      await engine.ask({ method: 'POST', path: `/${generations.alias}/_count`, body: { query } }),
    );
    size = (body as { readonly count: number }).count;
    searches.refreshed();
  }

  /** Those that a write must reach: the generation that serves, and one that is being filled. */
  async function targets(): Promise<readonly Writing[]> {
    if (serving === undefined) {
      const found = await generations.serving();
      if (found !== undefined) serving ??= writingTo(found);
    }
    const all = [serving, await building].filter((each) => each !== undefined);
    if (all.length > 0) return all;
    options.onLost();
    throw new UnavailableFault('OpenSearch holds no index yet');
  }

  /** Writes everywhere it must. A generation that another process replaced is looked for once more. */
  async function everywhere(change: (writer: GenerationWriter) => Promise<unknown>): Promise<IndexHealth> {
    for (let attempt = 1; ; attempt++) {
      try {
        await Promise.all((await targets()).map(({ writer }) => change(writer)));
        return HEALTHY;
      } catch (fault) {
        if (!(fault instanceof LostGeneration)) throw fault;
        serving = undefined;
        if (attempt === 2) throw fault;
      }
    }
  }

  return {
    put: (entries) => everywhere((writer) => writer.put(entries)),
    remove: (productId, version) => everywhere((writer) => writer.remove(productId, version)),
    setAvailability: (changes) => everywhere((writer) => writer.setAvailability(changes)),

    async replaceAll({ availability, entries }) {
      const making = generations.create().then(writingTo);
      const mine = making.catch(() => undefined);
      building = mine;
      let refused = 0;
      let replaced: readonly ProductGeneration[];
      try {
        const target = await making;
        const stock = new Map<string, readonly [level: number, version: number]>();
        for await (const some of availability)
          for (const { sku, availability: level, version = 0 } of some) stock.set(sku, [levelOf(level), version]);
        const ownerless = new Map(stock);
        await pagesAtOnce(entries, PAGES_AT_ONCE, async (some) => {
          const poison = await target.writer.fill(some, stock);
          for (const { skus } of some) for (const sku of skus) ownerless.delete(sku);
          refused += poison.size;
          for (const [productId, reason] of poison)
            logger.error({ productId, reason }, 'the search index refuses a product');
        });
        await target.writer.fillStock(ownerless);
        replaced = await generations.changeOver(target.generation);
        serving = target;
      } catch (error) {
        const abandoned = await mine;
        if (abandoned !== undefined) await generations.drop(abandoned.generation).catch(() => undefined);
        throw error;
      } finally {
        if (building === mine) building = undefined;
      }
      await count();
      logger.info({ products: size, refused }, 'the search index changed over');
      // Searches that began in the old generation may end in it.
      void sleep(clock, options.queryTimeoutMs, closing.signal)
        .then(() => (closing.signal.aborted ? [] : Promise.all(replaced.map(generations.drop))))
        .catch((error) => logger.warn({ err: error }, 'an old search index could not be dropped'));
      return size;
    },

    async search(request) {
      try {
        return await searches.search(request);
      } catch (fault) {
        if (fault instanceof NoIndex && building === undefined) options.onLost();
        throw fault;
      }
    },
    refreshed: refresh,
    size: () => size,

    async state() {
      const found = await generations.serving();
      if (building === undefined) await generations.sweep();
      if (found === undefined) return 'empty';
      await count();
      return found.current ? 'filled' : 'outdated';
    },
    breaker: engine.breaker,
    async close() {
      closing.abort();
      await engine.close();
    },
  };
}
