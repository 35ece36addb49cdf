import { type Fault, killed, paused, troubled } from './fault.ts';
import { CHECKOUT, EVERYTHING, SALES } from './noticed.ts';

/** Every service a process of its own, on Kafka, OpenSearch and Redis: what depends on each, and nothing else, may be noticed. */
export const faults: readonly Fault[] = [
  killed('kafka'),
  paused('kafka', 5_000),
  troubled('*>kafka', { type: 'cut' }, 4_000),
  troubled('*>kafka', { type: 'latency', latency: 200, jitter: 100 }, 4_000),

  killed('opensearch', { noticed: { search: ['unavailable', 'nothing'] } }),
  paused('opensearch', 5_000, { noticed: { search: ['unavailable', 'nothing'] } }),

  killed('redis'),
  paused('redis', 4_000),
  troubled('*>redis', { type: 'timeout' }, 4_000),

  killed('database', { noticed: EVERYTHING }),
  troubled('*>database', { type: 'reset_peer', timeout: 0 }, 2_000, { noticed: EVERYTHING }),
  troubled('*>database', { type: 'latency', latency: 30 }, 4_000),

  killed('payments', { noticed: CHECKOUT }),
  paused('payments', 6_000, { noticed: CHECKOUT, shows: { checkout: ['waits'] } }),
  troubled('orders-1>payments-1', { type: 'cut' }, 5_000, { noticed: CHECKOUT, shows: { checkout: ['waits'] } }),
  troubled('orders-1>payments-1', { type: 'timeout' }, 5_000, { noticed: CHECKOUT, shows: { checkout: ['waits'] } }),
  killed('simulators', { noticed: CHECKOUT }),
  troubled('payments-1>card-processor', { type: 'timeout' }, 4_000, {
    noticed: CHECKOUT,
    shows: { checkout: ['waits'] },
  }),

  killed('orders', { noticed: SALES }),
  paused('orders', 5_000, { noticed: SALES }),
  troubled('door-1>orders-1', { type: 'reset_peer', timeout: 0 }, 4_000, { noticed: SALES }),
  troubled('door-1>orders-1', { type: 'latency', latency: 200 }, 4_000),

  killed('inventory', { noticed: CHECKOUT }),
  troubled('orders-1>inventory-1', { type: 'cut' }, 5_000, { noticed: CHECKOUT, shows: { checkout: ['waits'] } }),

  killed('cart', { noticed: CHECKOUT }),
  killed('catalog', { noticed: { ...CHECKOUT, browse: ['unavailable', 'nothing'], page: ['unavailable', 'nothing'] } }),
  killed('shipping'),
  killed('search', { noticed: { search: ['unavailable', 'nothing'] } }),
  killed('door', { noticed: EVERYTHING }),
];
