/** The last times that a route took, so that what is unusually slow can be told. */
export interface RecentTimes {
  add(ms: number): void;
  /** The time that 19 of 20 stay below; undefined until there are enough to say. */
  p95(): number | undefined;
}

const KEPT = 256;
const ENOUGH = 20;
/** Sorting is done once for so many times. */
const RENEWED_EVERY = 32;

/** Remembers the last 256 times; says what is usual from the 20th on. */
export function recentTimes(): RecentTimes {
  const times = new Float64Array(KEPT);
  let count = 0;
  let known: number | undefined;
  return {
    add(ms) {
      times[count++ % KEPT] = ms;
      if (count === ENOUGH || count % RENEWED_EVERY === 0) {
        const sorted = times.slice(0, Math.min(count, KEPT)).sort();
        known = sorted[Math.floor(sorted.length * 0.95)];
      }
    },
    p95: () => (count < ENOUGH ? undefined : known),
  };
}
