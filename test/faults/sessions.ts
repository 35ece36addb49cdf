import type { Topology } from '../../src/composition/topology.ts';
import { type Fault, killed, paused } from './fault.ts';
import { EVERYTHING } from './noticed.ts';

/** Processes that share sessions and limits in Redis: here one that fails over, and they find each other by Consul. */
export function adapt(topology: Topology): Topology {
  const engines = { ...topology.engines, redis: { start: true, mode: 'sentinel' }, consul: { start: true } } as const;
  return { ...topology, engines, discovery: 'consul' };
}

/** Any process may die without a shopper losing a session; without Redis and Consul everybody goes on with what they know. */
export const faults: readonly Fault[] = [
  killed('redis server-1'),
  paused('redis server-1', 6_000),
  killed('redis'),
  killed('consul'),
  paused('consul', 5_000),
  killed('app-1', { noticed: EVERYTHING }),
  killed('app-2', { noticed: EVERYTHING }),
];
