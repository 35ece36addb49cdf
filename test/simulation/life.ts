import type { Clock } from '../../src/platform/clock/port.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * One process of the shop, from its start to its death. What reaches it from outside (a timer, an answer of a database or a
 * neighbour) comes through here: a dead process hears nothing any more, and one that stands still hears it when it wakes up.
 */
export interface Life {
  readonly name: string;
  readonly clock: Clock;
  /** Runs `task` in the process after so many ms. The returned function cancels it. */
  deliver(delayMs: number, task: () => void): () => void;
  isDead(): boolean;
  kill(): void;
  /** Calls `task` when the process dies. The returned function forgets it. */
  onDeath(task: () => void): () => void;
  pause(ms: number): void;
}

export function lifeOf(name: string, scheduler: Scheduler): Life {
  const mourners = new Set<() => void>();
  let dead = false;
  let pausedUntil = 0;

  function deliver(delayMs: number, task: () => void): () => void {
    let cancel = scheduler.after(delayMs, arrive);
    function arrive() {
      if (dead) return;
      const left = pausedUntil - scheduler.now();
      if (left > 0) cancel = scheduler.after(left, arrive);
      else task();
    }
    return () => cancel();
  }

  return {
    name,
    // A process knows whole milliseconds only.
    clock: { now: scheduler.now, after: (delayMs, task) => deliver(Math.ceil(Math.max(0, delayMs)), task) },
    deliver,
    isDead: () => dead,
    kill() {
      if (dead) return;
      dead = true;
      for (const task of [...mourners]) task();
    },
    onDeath(task) {
      mourners.add(task);
      return () => mourners.delete(task);
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, scheduler.now() + ms);
    },
  };
}
