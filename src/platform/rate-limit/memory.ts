import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/port.ts';
import { cellsOf, checkCost, takeCells } from './gcra.ts';
import type { RateLimits } from './port.ts';

const MOST_KEYS = 100_000;

/**
 * Limits that this process counts for itself. Of each limit the `mostKeys` (default 100,000) keys asked for last are remembered;
 * whoever is forgotten begins anew, so memory stays bounded however many addresses somebody has.
 */
export function memoryRateLimits(clock: Pick<Clock, 'now'>, { mostKeys = MOST_KEYS } = {}): RateLimits {
  return (limit) => {
    const cells = cellsOf(limit);
    // It makes room for all keys at once, some megabytes: of a limit that nobody has come to, for nothing.
    let arrivals: LRUCache<string, number> | undefined;
    return {
      async take(key, cost = 1) {
        checkCost(cost, cells);
        arrivals ??= new LRUCache<string, number>({ max: mostKeys });
        const { decision, arrivalUs } = takeCells(cells, arrivals.get(key), clock.now() * 1_000, cost);
        if (arrivalUs !== undefined) arrivals.set(key, arrivalUs);
        return decision;
      },
    };
  };
}
