import { type SearchAnswer, type SearchRequest, search } from '../../contracts/search.ts';
import { done, type Outcome, unknown } from '../../kernel/outcome.ts';
import { sleep } from '../../platform/clock/port.ts';
import type { ServiceDefinition, ServiceKit } from '../../platform/service/port.ts';
import { subscriptions } from './hearing.ts';
import { type IndexKeeper, keepIndex } from './keeper.ts';
import { searchAvailability, searchProducts } from './kept.ts';
import { searchRoutes } from './routes.ts';
import { createWorkerIndex, type WorkerIndex } from './worker-index.ts';

/** Finds products by words in English and Korean. */
export const searchService: ServiceDefinition<typeof search> = {
  contract: search,
  aggregates: [],
  collections: [searchProducts, searchAvailability],
  views: [],
  start(kit) {
    let embedded: WorkerIndex | undefined;
    const keeper = keepIndex(kit, (onLost) => {
      embedded = createWorkerIndex(kit.logger, onLost);
      return embedded;
    });
    const answer = searching(kit, keeper);
    kit.metrics.watch('jangteo_search_products', () => [
      { labels: { service: search.service }, value: keeper.index.size() },
    ]);
    kit.metrics.watch('jangteo_search_index_bytes', async () => [
      { labels: { service: search.service }, value: (await embedded?.memoryBytes()) ?? 0 },
    ]);
    return {
      handlers: { search: (request, { timeoutMs }) => answer(request, timeoutMs) },
      subscriptions: subscriptions(keeper),
      routes: searchRoutes((request) => answer(request), keeper.rebuild),
      stop: keeper.close,
    };
  },
};

const DEFAULT_TIMEOUT_MS = 2_000;

/** Searches, waiting a bounded time for an index that is still being filled. */
function searching({ clock, logger }: Pick<ServiceKit, 'clock' | 'logger'>, { filled, index }: IndexKeeper) {
  let ready = false;
  filled.then(() => {
    ready = true;
  });
  return async (request: SearchRequest, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<Outcome<SearchAnswer>> => {
    if (!ready) await Promise.race([filled, sleep(clock, timeoutMs)]);
    if (!ready) return unknown('timeout');
    try {
      return done(await index.search(request));
    } catch (error) {
      logger.warn({ err: error }, 'a search failed');
      return unknown('fault');
    }
  };
}
