import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock/port.ts';

/** Bounds how often somebody may guess. */
export interface Attempts {
  /** Whether `who` may try now. */
  mayTry(who: string): boolean;
  failed(who: string): void;
  succeeded(who: string): void;
}

const MOST_FAILURES = 10;
const WINDOW_MS = 60_000;
const REMEMBERED = 10_000;

/** At most ten failures a minute for each address; the last ten thousand addresses are remembered. */
export function attempts(clock: Pick<Clock, 'now'>): Attempts {
  const failures = new LRUCache<string, number[]>({ max: REMEMBERED });
  const recent = (who: string) => (failures.get(who) ?? []).filter((at) => at > clock.now() - WINDOW_MS);
  return {
    mayTry: (who) => recent(who).length < MOST_FAILURES,
    failed: (who) => void failures.set(who, [...recent(who), clock.now()]),
    succeeded: (who) => void failures.delete(who),
  };
}
