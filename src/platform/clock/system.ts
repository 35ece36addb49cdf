import { randomBytes } from 'node:crypto';
import type { Clock, Random } from './port.ts';

let latest = 0;

/** The machine's clock; where it is set back, time stands still until it has caught up. */
export const systemClock: Clock = {
  now() {
    latest = Math.max(latest, Date.now());
    return latest;
  },
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

const POOL_BYTES = 8192;
let pool = randomBytes(POOL_BYTES);
let used = 0;

/** The machine's randomness; bytes come from a pool, for a system call per id would cost more than the id. */
export const systemRandom: Random = {
  bytes(count) {
    if (count > POOL_BYTES) return randomBytes(count);
    if (used + count > POOL_BYTES) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    used += count;
    return pool.subarray(used - count, used);
  },
  fraction: Math.random,
};
