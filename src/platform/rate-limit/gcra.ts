import type { RateDecision, RateLimit } from './port.ts';

/** A limit in the terms of the algorithm, in whole microseconds, so that sums are exact. */
export interface Cells {
  /** What one unit takes of the time (the emission interval). */
  readonly intervalUs: number;
  /** How far ahead of the clock the time of arrival may lie: the burst. */
  readonly burstUs: number;
  readonly burst: number;
}

const NAME = /^[\w.-]+$/;
/** Sums of a burst and the time in µs stay exact integers. */
const LONGEST_BURST_US = 10 * 365 * 86_400_000_000;

/** Throws a RangeError when `limit` is none. */
export function cellsOf({ name, count, perMs, burst = count }: RateLimit): Cells {
  const intervalUs = Math.round((perMs * 1_000) / count);
  const burstUs = intervalUs * burst;
  const isLimit = NAME.test(name) && isWhole(count) && isWhole(burst) && intervalUs >= 1 && burstUs <= LONGEST_BURST_US;
  if (!isLimit) throw new RangeError(`${name} is no limit: ${count} in ${perMs} ms, ${burst} at once`);
  return { intervalUs, burstUs, burst };
}

/** Throws a RangeError unless `cost` could ever be allowed. */
export function checkCost(cost: number, { burst }: Cells): void {
  if (!isWhole(cost) || cost > burst) throw new RangeError(`a cost is a whole number from 1 to ${burst}, not ${cost}`);
}

/**
 * The generic cell rate algorithm (ITU-T I.371, 2004, annex A, virtual scheduling; for requests: Woodard, "Rate Limiting, Cells,
 * and GCRA", 2017): all that is kept of a key is when its last unit would arrive if they came evenly. `arrivalUs` is that, or
 * undefined; the new one is undefined when nothing is taken.
 */
export function takeCells(
  cells: Cells,
  arrivalUs: number | undefined,
  nowUs: number,
  cost: number,
): { readonly decision: RateDecision; readonly arrivalUs?: number } {
  const { intervalUs, burstUs } = cells;
  const from = Math.max(arrivalUs ?? nowUs, nowUs);
  const next = from + cost * intervalUs;
  const tooEarlyUs = next - burstUs - nowUs;
  if (tooEarlyUs > 0) return { decision: decisionOf(cells, from - nowUs, tooEarlyUs) };
  return { decision: decisionOf(cells, next - nowUs, 0), arrivalUs: next };
}

/** What to say: `aheadUs` is how far the time of arrival now lies ahead of the clock. */
export function decisionOf({ intervalUs, burstUs }: Cells, aheadUs: number, tooEarlyUs: number): RateDecision {
  return {
    allowed: tooEarlyUs === 0,
    remaining: Math.floor((burstUs - aheadUs) / intervalUs),
    retryAfterMs: Math.ceil(tooEarlyUs / 1_000),
  };
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
