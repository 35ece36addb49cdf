import type { Topology } from '../../src/composition/topology.ts';
import { type Fault, killed, paused, troubled } from './fault.ts';
import { EVERYTHING } from './noticed.ts';

/** Processes that share sessions and limits in Redis, and here find each other by Consul. */
export function adapt(topology: Topology): Topology {
  return { ...topology, engines: { ...topology.engines, consul: { start: true } }, discovery: 'consul' };
}

/** Any process may die without a shopper losing a session; without Redis and Consul everybody goes on with what they know. */
export const faults: readonly Fault[] = [
  killed('redis'),
  paused('redis', 4_000),
  troubled('*>redis', { type: 'cut' }, 3_000),
  killed('consul'),
  paused('consul', 5_000),
  killed('app-1', { noticed: EVERYTHING }),
  killed('app-2', { noticed: EVERYTHING }),
];
