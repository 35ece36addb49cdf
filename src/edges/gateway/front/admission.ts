import type { EventEmitter } from 'node:events';
import type { Clock } from '../../../platform/clock/port.ts';

export type Priority = 'high' | 'normal' | 'low';

/** How much may be under way at once, how much may wait, and for how long, in ms. */
export interface LoadBounds {
  readonly concurrent: number;
  readonly queued: number;
  readonly queueMs: number;
}

/** Lets as much in as can be done, the important first, and turns away what would wait too long: load shedding. */
export interface Admission {
  /**
   * True when the caller may begin; it then calls `leave` once. False: turned away. A promise of that while it waits: it stops
   * waiting, with false, when `client` closes.
   */
  enter(priority: Priority, client?: Pick<EventEmitter, 'once' | 'off'>): Promise<boolean> | boolean;
  leave(): void;
  /** Changes the bounds; who is in stays in. */
  bound(bounds: LoadBounds): void;
  readonly inside: number;
  readonly waiting: number;
}

interface Waiting {
  readonly answer: (admitted: boolean) => void;
  readonly priority: Priority;
}

const ORDER: readonly Priority[] = ['high', 'normal', 'low'];

/** Admission within bounds; who waits does so for `queueMs` of this clock at most. */
export function admission(clock: Clock, initial: LoadBounds): Admission {
  let bounds = initial;
  let inside = 0;
  let count = 0;
  const queues: Readonly<Record<Priority, Set<Waiting>>> = { high: new Set(), normal: new Set(), low: new Set() };

  const take = (waiting: Waiting, admitted: boolean) => {
    if (!queues[waiting.priority].delete(waiting)) return;
    count--;
    if (admitted) inside++;
    waiting.answer(admitted);
  };
  const letIn = () => {
    while (inside < bounds.concurrent && count > 0) {
      const [next] = queues[ORDER.find((each) => queues[each].size > 0) as Priority];
      take(next as Waiting, true);
    }
  };
  /** Room for somebody of this priority: whoever matters less and came last makes it. */
  const hasRoom = (priority: Priority): boolean => {
    if (count < bounds.queued) return true;
    const lesser = ORDER.slice(ORDER.indexOf(priority) + 1).findLast((each) => queues[each].size > 0);
    if (lesser === undefined) return false;
    take([...queues[lesser]].at(-1) as Waiting, false);
    return true;
  };

  return {
    enter(priority, client) {
      if (inside < bounds.concurrent && count === 0) {
        inside++;
        return true;
      }
      if (!hasRoom(priority)) return false;
      return new Promise((resolve) => {
        const waiting: Waiting = {
          priority,
          answer(admitted) {
            cancel();
            client?.off('close', leave);
            resolve(admitted);
          },
        };
        const leave = () => take(waiting, false);
        const cancel = clock.after(bounds.queueMs, leave);
        queues[priority].add(waiting);
        count++;
        client?.once('close', leave);
      });
    },
    leave() {
      inside--;
      letIn();
    },
    bound(next) {
      bounds = next;
      letIn();
    },
    get inside() {
      return inside;
    },
    get waiting() {
      return count;
    },
  };
}
