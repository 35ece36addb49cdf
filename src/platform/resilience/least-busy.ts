import type { Clock } from '../clock/port.ts';

export interface Busy<Target> {
  readonly target: Target;
  /** Tells that what was sent there has ended, and whether it failed there. */
  ended(failed: boolean): void;
}

/** Chooses among several that can all do the same. */
export interface LeastBusy<Target> {
  /** The one of them that has the least to do for this process; undefined when there are none. */
  take(among: readonly Target[]): Busy<Target> | undefined;
  /** How many are remembered: those with something to do, and those that have failed within the last second. */
  known(): number;
}

/** One that failed is left alone for so long, unless there is no other. */
const REST_MS = 1_000;

/**
 * Each request goes to the target with the fewest of this process's requests under way (least connections), to equals in turn. One that
 * failed is out of the choice for a second.
 */
export function leastBusy<Target>(keyOf: (target: Target) => string, clock: Pick<Clock, 'now'>): LeastBusy<Target> {
  /** Those alone that have something to do, or have failed of late: others come and go. */
  const known = new Map<string, { underWay: number; restsUntil: number }>();
  let turn = 0;

  const forget = (now: number) => {
    for (const [key, { underWay, restsUntil }] of known) if (underWay === 0 && restsUntil <= now) known.delete(key);
  };

  return {
    take(among) {
      const now = clock.now();
      const all = among.map((target) => {
        const key = keyOf(target);
        return { target, key, state: known.get(key) ?? { underWay: 0, restsUntil: 0 } };
      });
      const awake = all.filter(({ state }) => state.restsUntil <= now);
      const choice = awake.length > 0 ? awake : all;
      if (choice.length === 0) return undefined;
      const least = Math.min(...choice.map(({ state }) => state.underWay));
      const equals = choice.filter(({ state }) => state.underWay === least);
      turn += 1;
      const { target, key, state } = equals[turn % equals.length] as (typeof all)[number];
      state.underWay += 1;
      known.set(key, state);
      let isOver = false;
      return {
        target,
        ended(failed) {
          if (isOver) return;
          isOver = true;
          state.underWay -= 1;
          if (failed) state.restsUntil = clock.now() + REST_MS;
          if (state.underWay === 0) forget(clock.now());
        },
      };
    },
    known: () => known.size,
  };
}
