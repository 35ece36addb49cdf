import { type Static, Type } from 'typebox';
import { type SearchAnswer, type SearchRequest, search } from '../../contracts/search.ts';
import { done, type Outcome, unknown } from '../../kernel/outcome.ts';
import { sleep } from '../../platform/clock/port.ts';
import { UnavailableFault } from '../../platform/event-store/port.ts';
import { breakerValue } from '../../platform/resilience/circuit-breaker.ts';
import type { ServiceDefinition, ServiceKit } from '../../platform/service/port.ts';
import { settingsOf } from '../../platform/service/settings.ts';
import { subscriptions } from './hearing.ts';
import { type IndexKeeper, keepIndex } from './keeper.ts';
import { searchAvailability, searchProducts } from './kept.ts';
import type { SearchIndex } from './port.ts';
import { rebuildRoutes, searchRoutes } from './routes.ts';
import { createWorkerIndex, type WorkerIndex } from './worker-index.ts';

const Embedded = Type.Object({ index: Type.Literal('embedded') });
const OpenSearch = Type.Object({
  index: Type.Literal('opensearch'),
  url: Type.String({ pattern: '^https?://', description: 'Of an OpenSearch with the analysis-nori plugin.' }),
  /** What the names of its indices begin with. */
  prefix: Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$', default: 'jangteo' }),
  /** After so long a search is given up, in ms. */
  queryTimeoutMs: Type.Integer({ minimum: 1, maximum: 60_000, default: 2_000 }),
});

/** Finds products by words in English and Korean. */
export const searchService: ServiceDefinition<typeof search> = {
  contract: search,
  aggregates: [],
  collections: [searchProducts, searchAvailability],
  views: [],
  async start(kit) {
    const keeper =
      kit.settings.index === 'opensearch' ? await outside(kit, settingsOf(OpenSearch, kit.settings)) : embedded(kit);
    const answer = searching(kit, keeper);
    kit.metrics.watch('jangteo_search_products', () => [
      { labels: { service: search.service }, value: keeper.index.size() },
    ]);
    return {
      handlers: { search: (request, { timeoutMs }) => answer(request, timeoutMs) },
      subscriptions: subscriptions(keeper.tell),
      routes: async (http) => {
        await searchRoutes((request) => answer(request))(http);
        await rebuildRoutes(keeper.rebuild)(http);
      },
      stop: keeper.close,
    };
  },
  /** Queries of an OpenSearch need nothing of who fills it; the embedded index lives in the leader's process alone. */
  async reader(kit) {
    if (kit.settings.index !== 'opensearch') return undefined;
    const { openSearchReader } = await import('./opensearch/reader.ts');
    const { search: find, close } = openSearchReader({ ...kit, ...settingsOf(OpenSearch, kit.settings) });
    const answer = answering(kit, find);
    return { handlers: { search: answer }, routes: searchRoutes(answer), stop: close };
  },
};

function embedded(kit: ServiceKit): IndexKeeper {
  settingsOf(Embedded, { index: 'embedded', ...kit.settings });
  let worker: WorkerIndex | undefined;
  kit.metrics.watch('jangteo_search_index_bytes', async () => [
    { labels: { service: search.service }, value: (await worker?.memoryBytes()) ?? 0 },
  ]);
  return keepIndex(kit, (onLost) => {
    worker = createWorkerIndex(kit.logger, onLost);
    return worker;
  });
}

/** What is only needed with an OpenSearch is loaded only then. */
async function outside(kit: ServiceKit, settings: Static<typeof OpenSearch>): Promise<IndexKeeper> {
  const { openSearchIndex } = await import('./opensearch/index.ts');
  const { keepOutsideIndex } = await import('./keeper-outside.ts');
  const { clock, random, logger } = kit;
  return keepOutsideIndex(kit, (onLost) => {
    const index = openSearchIndex({ ...settings, clock, random, logger, onLost });
    kit.metrics.watch('jangteo_breaker_state', () => [
      { labels: { breaker: 'opensearch' }, value: breakerValue(index.breaker()) },
    ]);
    return index;
  });
}

const DEFAULT_TIMEOUT_MS = 2_000;

/** Searches, waiting a bounded time for an index that is still being filled. */
function searching({ clock, logger }: Pick<ServiceKit, 'clock' | 'logger'>, keeper: IndexKeeper) {
  const answer = answering({ logger }, (request) => keeper.index.search(request));
  let ready = false;
  const becomesReady = keeper.ready.then(() => {
    ready = true;
  });
  return async (request: SearchRequest, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<Outcome<SearchAnswer>> => {
    if (!ready) await Promise.race([becomesReady, sleep(clock, timeoutMs)]);
    return ready ? answer(request) : unknown('timeout');
  };
}

/** What an index answers as an outcome. */
function answering({ logger }: Pick<ServiceKit, 'logger'>, find: SearchIndex['search']) {
  return async (request: SearchRequest): Promise<Outcome<SearchAnswer>> => {
    try {
      return done(await find(request));
    } catch (error) {
      // An index that is out of reach is told of once, by its breaker.
      if (error instanceof UnavailableFault) return unknown('unreachable');
      logger.warn({ err: error }, 'a search failed');
      return unknown('fault');
    }
  };
}
