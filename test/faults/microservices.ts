import { type Fault, killed, paused, troubled } from './fault.ts';
import { CHECKOUT, EVERYTHING, INDEXES, SALES, SEARCH } from './noticed.ts';

const WAITS = { noticed: CHECKOUT, shows: { checkout: ['waits'] } } as const;

/** The engines that all processes share. */
export const ofEngines: readonly Fault[] = [
  killed('kafka'),
  paused('kafka', 5_000),
  troubled('*>kafka', { type: 'cut' }, 4_000),
  troubled('*>kafka', { type: 'latency', latency: 200, jitter: 100 }, 4_000, { isLong: true }),

  killed('opensearch', { noticed: INDEXES, shows: { search: ['unavailable'], seller: ['unavailable'] } }),
  paused('opensearch', 5_000, { noticed: INDEXES }),
  troubled('*>opensearch', { type: 'bandwidth', rate: 20 }, 4_000, { noticed: INDEXES, isLong: true }),

  killed('redis'),
  paused('redis', 4_000),
  troubled('*>redis', { type: 'timeout' }, 4_000, { isLong: true }),

  killed('database', { noticed: EVERYTHING }),
  paused('database', 4_000, { noticed: EVERYTHING, isLong: true }),
  troubled('*>database', { type: 'reset_peer', timeout: 0 }, 2_000, { noticed: EVERYTHING }),
  troubled('*>database', { type: 'latency', latency: 30 }, 4_000, { noticed: CHECKOUT, isLong: true }),
];

/** Processes, what they ask of each other, and of other companies. */
export const ofProcesses: readonly Fault[] = [
  killed('payments', { noticed: CHECKOUT }),
  paused('payments', 6_000, WAITS),
  troubled('orders-1>payments-1', { type: 'cut' }, 5_000, WAITS),
  troubled('orders-1>payments-1', { type: 'timeout' }, 5_000, { ...WAITS, isLong: true }),
  killed('simulators', { noticed: CHECKOUT }),
  troubled('payments-1>card-processor', { type: 'timeout' }, 4_000, WAITS),

  killed('orders', { noticed: SALES }),
  paused('orders', 5_000, { noticed: SALES }),
  troubled('web-gateway-1>orders-1', { type: 'reset_peer', timeout: 0 }, 4_000, { noticed: SALES }),
  troubled('web-gateway-1>orders-1', { type: 'latency', latency: 200 }, 4_000, { noticed: CHECKOUT, isLong: true }),

  killed('inventory', { noticed: CHECKOUT }),
  troubled('orders-1>inventory-1', { type: 'cut' }, 5_000, WAITS),

  killed('cart', { noticed: CHECKOUT }),
  killed('catalog', { noticed: { ...CHECKOUT, browse: ['unavailable', 'nothing'], page: ['unavailable', 'nothing'] } }),
  killed('search', { noticed: SEARCH }),
  killed('shipping'),
  killed('door', { noticed: { page: ['unavailable', 'nothing'], console: ['unavailable', 'nothing'] } }),
  killed('web-gateway', { noticed: EVERYTHING }),
];

/** Every service a process of its own, on Kafka, OpenSearch and Redis. */
export const faults: readonly Fault[] = [...ofEngines, ...ofProcesses];
