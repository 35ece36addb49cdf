import { bulkWriter } from '../../../../platform/opensearch/bulk.ts';
import { openEngine } from '../../../../platform/opensearch/engine.ts';
import { accepted, generationsOf } from '../../../../platform/opensearch/generations.ts';
import { refresher } from '../../../../platform/opensearch/refreshing.ts';
import { breakerValue } from '../../../../platform/resilience/circuit-breaker.ts';
import type { ServiceKit } from '../../../../platform/service/port.ts';
import { orderAggregate } from '../../aggregate.ts';
import type { OrderFinder } from '../port.ts';
import type { OutsideLists } from '../settings.ts';
import { withFallback } from './fallback.ts';
import { searchingFinder } from './finder.ts';
import { markOf, type OrderKinds, schemas } from './mapping.ts';
import { openProjector } from './projector.ts';

export interface OrderIndex {
  readonly finder: OrderFinder;
  /** Makes the index anew from the first event on while the old one serves. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

type IndexKit = Pick<ServiceKit, 'store' | 'documents' | 'ownLog' | 'clock' | 'random' | 'logger' | 'metrics'>;

const EVENTS_AT_ONCE = 1_000;

/**
 * The orders' index on an OpenSearch: follows the service's own log, and may be emptied or out of reach at any time. What the
 * embedded finder can answer as well, it answers whenever the index cannot.
 */
export function openOrderIndex(kit: IndexKit, settings: OutsideLists, embedded: OrderFinder): OrderIndex {
  const { store, documents, ownLog, clock, random } = kit;
  const logger = kit.logger.child({ index: 'orders' });
  const engine = openEngine({ ...settings, clock, logger });
  const { ask } = engine;
  const generations = generationsOf<OrderKinds>({
    ...{ ask, prefix: settings.prefix, schemas, searched: 'orders', mark: markOf(documents.log.epoch) },
  });
  const projector = openProjector({
    ...{ log: ownLog, ask, generations, clock, random, logger, batch: EVENTS_AT_ONCE, restMs: settings.restMs },
    readHistory: (orderId) => store.history(orderAggregate, orderId),
    write: bulkWriter({ ask, clock, random }),
    partitions: documents.log.partitions,
    refresh: refresher(clock, async () => {
      accepted(await ask({ method: 'POST', path: `/${generations.alias}/_refresh` }));
    }),
    onCommitted: (listener) => store.onCommitted(listener),
    graceMs: settings.queryTimeoutMs,
  });
  kit.metrics.watch('jangteo_breaker_state', () => [
    { labels: { breaker: 'opensearch-orders' }, value: breakerValue(engine.breaker()) },
  ]);
  kit.metrics.watch('jangteo_view_lag_events', async () => [
    { labels: { service: 'orders', view: 'order-index' }, value: await projector.lag() },
  ]);
  return {
    finder: withFallback(searchingFinder(engine.query, generations.alias), projector, embedded, clock),
    rebuild: projector.rebuild,
    async close() {
      await projector.close();
      await engine.close();
    },
  };
}
