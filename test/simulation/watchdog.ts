import { Worker } from 'node:worker_threads';
import { progress } from './scheduler.ts';

/**
 * Ends the program when no task of the simulation has ended for `mostMs` of the machine's time: code that turns in one place, from
 * microtask to microtask, never comes back to where a run could be stopped. It is told of as a seed that fails.
 */
export function watchForSpinning(mostMs: number): { seed: (seed: number) => void } {
  const seed = new Int32Array(new SharedArrayBuffer(4));
  new Worker(new URL('./watchdog-thread.ts', import.meta.url), { workerData: { seed, progress, mostMs } }).unref();
  return {
    seed(now) {
      seed[0] = now;
    },
  };
}
