import type { RateLimiter, RateLimits } from '../../../platform/rate-limit/port.ts';

/** Limiters by what they limit, so that routes that share a limit share its count, and a changed table goes on counting. */
export interface KeptLimits {
  /** The limiter of this name and these numbers: the same for all that ask, and for the table before. */
  readonly limits: RateLimits;
  /** Begins another table: what it does not ask for is forgotten at the next one. */
  renew(): void;
}

/** Keeps what `limits` makes. */
export function keptLimits(limits: RateLimits): KeptLimits {
  let before = new Map<string, RateLimiter>();
  let now = new Map<string, RateLimiter>();
  return {
    limits(limit) {
      const { name, count, perMs, burst } = limit;
      const key = JSON.stringify([name, count, perMs, burst]);
      const limiter = now.get(key) ?? before.get(key) ?? limits(limit);
      now.set(key, limiter);
      return limiter;
    },
    renew() {
      before = now;
      now = new Map();
    },
  };
}
