import type { Clock } from '../clock/port.ts';
import type { Positions } from '../storage/port.ts';
import { reaches } from './generation.ts';

/** Readers that wait until a view has reached certain positions. */
export interface Waiters {
  /** True when `applied()` reaches `wanted` within `waitMs`. */
  until(wanted: Positions, waitMs: number): Promise<boolean>;
  /** To be called when `applied()` has moved. */
  moved(): void;
  any(): boolean;
}

export function waiters(clock: Clock, applied: () => Positions, arrived: () => void): Waiters {
  const waiting = new Set<{ readonly wanted: Positions; readonly finish: (reached: boolean) => void }>();
  return {
    until(wanted, waitMs) {
      if (reaches(applied(), wanted)) return Promise.resolve(true);
      if (waitMs <= 0) return Promise.resolve(false);
      return new Promise((resolve) => {
        const waiter = {
          wanted,
          finish(reached: boolean) {
            cancel();
            waiting.delete(waiter);
            resolve(reached);
          },
        };
        const cancel = clock.after(waitMs, () => waiter.finish(false));
        waiting.add(waiter);
        arrived();
      });
    },
    moved() {
      const positions = applied();
      for (const waiter of [...waiting]) if (reaches(positions, waiter.wanted)) waiter.finish(true);
    },
    any: () => waiting.size > 0,
  };
}
