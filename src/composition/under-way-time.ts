import type { Clock } from '../platform/clock/port.ts';

/** The time that requests have been under way, all together: by Little's law its growth per second is how many are, on average. */
export function underWayTime(clock: Pick<Clock, 'now'>) {
  let underWay = 0;
  let totalMs = 0;
  let countedAt = clock.now();
  const count = () => {
    const now = clock.now();
    totalMs += underWay * (now - countedAt);
    countedAt = now;
  };
  return {
    /** One more is under way; the returned function says that it has ended. */
    begin(): () => void {
      count();
      underWay += 1;
      return () => {
        count();
        underWay -= 1;
      };
    },
    seconds(): number {
      count();
      return totalMs / 1_000;
    },
  };
}
