/** How much somebody may take: `count` in every `perMs` on average, and at most `burst` at once. */
export interface RateLimit {
  /** What is limited (`carts.open`): limits of different names count apart. Letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** A whole number of at least 1. */
  readonly count: number;
  /** At least 1 µs for each of `count`. */
  readonly perMs: number;
  /** A whole number of at least 1. Default `count`. */
  readonly burst?: number;
}

export interface RateDecision {
  readonly allowed: boolean;
  /** How much could be taken at once now. */
  readonly remaining: number;
  /** 0 when allowed; else after how long the same would be allowed, in whole ms, if nobody else takes meanwhile. */
  readonly retryAfterMs: number;
}

/** One limit, for each key apart. What is refused costs nothing. */
export interface RateLimiter {
  /** Takes `cost` (default 1) for `key`, or nothing. Throws a RangeError unless `cost` is a whole number from 1 to the burst. */
  take(key: string, cost?: number): Promise<RateDecision>;
}

/**
 * Makes limiters. Those of one name and one Redis count together, exactly, however many processes ask at the same time; those in
 * memory count for their own process. Throws a RangeError for a limit that is none.
 */
export type RateLimits = (limit: RateLimit) => RateLimiter;
