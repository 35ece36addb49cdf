import { type Fault, killed, paused, troubled } from './fault.ts';
import { EVERYTHING } from './noticed.ts';

/** Two processes with everything behind HAProxy: who stands by takes over, and a balancer or a database that dies is started again. */
export const faults: readonly Fault[] = [
  killed('app-1', { noticed: EVERYTHING }),
  killed('app-2', { noticed: EVERYTHING }),
  paused('app-1', 15_000, { noticed: EVERYTHING }),
  paused('app-2', 4_000, { noticed: EVERYTHING, isLong: true }),
  // The one hears the other, which hears nothing.
  troubled('app-1>app-2', { type: 'cut' }, 5_000, { noticed: EVERYTHING }),
  troubled('app-2>app-1', { type: 'timeout' }, 5_000, { noticed: EVERYTHING }),
  troubled('app-2>app-1', { type: 'latency', latency: 100 }, 4_000, { isLong: true }),
  killed('database', { noticed: EVERYTHING }),
  paused('database', 4_000, { noticed: EVERYTHING }),
  troubled('*>database', { type: 'reset_peer', timeout: 0 }, 2_000, { noticed: EVERYTHING }),
  killed('balancer', { noticed: EVERYTHING }),
  killed('simulators', { noticed: { checkout: ['waits', 'unavailable', 'nothing'] } }),
];
