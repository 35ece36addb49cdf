import type { Clock } from '../../src/platform/clock/port.ts';

/**
 * Virtual time and everything that waits for it. One task runs at a time, each to its last microtask before the next: by the
 * time it is due, then by the order of its making. Nothing here looks at the machine's clock.
 */
export interface Scheduler extends Clock {
  /** Runs `task` before time goes on, after what was asked for before it. */
  soon(task: () => void): void;
  /** Runs what is due until `done` says so. Throws when nothing is left to run, or when time would pass `untilMs`. */
  run(done: () => boolean, untilMs: number): Promise<'done' | 'late' | 'idle'>;
  /** Lets time pass at once, as a machine that was suspended wakes up: what was due meanwhile runs afterwards. */
  jump(ms: number): void;
  /** Tasks that have run. */
  steps(): number;
}

interface Timer {
  readonly due: number;
  readonly order: number;
  /** Undefined once cancelled. */
  task: (() => void) | undefined;
}

/** Callbacks of one turn of the event loop: microtasks run after each, and a turn costs more than a callback. */
const PER_TURN = 64;

const machineImmediate = globalThis.setImmediate;

/** Tasks that have run in all schedulers of this process, modulo 2^32, for who watches from another thread. */
export const progress = new Int32Array(new SharedArrayBuffer(4));

export function scheduler(startMs: number): Scheduler {
  const heap: Timer[] = [];
  let ready: (() => void)[] = [];
  let nextReady = 0;
  let now = startMs;
  let order = 0;
  let steps = 0;

  const isBefore = (a: Timer, b: Timer) => a.due < b.due || (a.due === b.due && a.order < b.order);

  function push(timer: Timer): void {
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(timer, heap[above] as Timer)) break;
      heap[at] = heap[above] as Timer;
      at = above;
    }
    heap[at] = timer;
  }

  function pop(): Timer | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Timer, heap[below] as Timer)) below++;
      if (!isBefore(heap[below] as Timer, last)) break;
      heap[at] = heap[below] as Timer;
      at = below;
    }
    heap[at] = last;
    return first;
  }

  function nextTask(untilMs: number): (() => void) | 'late' | 'idle' {
    const task = ready[nextReady];
    if (task !== undefined) {
      nextReady++;
      if (nextReady === ready.length) {
        ready = [];
        nextReady = 0;
      }
      return task;
    }
    for (;;) {
      const first = heap[0];
      if (first === undefined) return 'idle';
      if (first.task !== undefined && first.due > untilMs) return 'late';
      pop();
      if (first.task === undefined) continue;
      now = Math.max(now, first.due);
      return first.task;
    }
  }

  return {
    now: () => Math.floor(now),
    after(delayMs, task) {
      const timer: Timer = { due: now + Math.max(0, delayMs), order: order++, task };
      push(timer);
      return () => {
        timer.task = undefined;
      };
    },
    soon(task) {
      ready.push(task);
    },
    run(done, untilMs) {
      return new Promise((resolve, reject) => {
        let turn = 0;
        let ended = false;
        const step = () => {
          if (ended) return;
          try {
            const task = done() ? ('done' as const) : nextTask(untilMs);
            if (typeof task === 'string') {
              ended = true;
              return resolve(task);
            }
            steps++;
            Atomics.add(progress, 0, 1);
            task();
          } catch (error) {
            ended = true;
            return reject(error);
          }
          if (--turn <= 0) refill();
        };
        const refill = () => {
          turn = PER_TURN;
          for (let count = 0; count < PER_TURN; count++) machineImmediate(step);
        };
        refill();
      });
    },
    jump(ms) {
      now += ms;
    },
    steps: () => steps,
  };
}

/**
 * Puts the scheduler in the place of the machine's own clock and timers, for code that uses them directly (the event store's
 * turn of the event loop, a cache's time to live). The returned function puts the machine's back.
 */
export function replaceMachineTime(scheduler: Scheduler): () => void {
  const { setImmediate, setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  const timers = new Map<unknown, () => void>();
  Object.assign(globalThis, {
    setImmediate: (task: (...args: unknown[]) => void, ...args: unknown[]) => scheduler.soon(() => task(...args)),
    setTimeout: (task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const handle = { ref: () => handle, unref: () => handle };
      const cancel = scheduler.after(ms, () => {
        timers.delete(handle);
        task(...args);
      });
      timers.set(handle, cancel);
      return handle;
    },
    clearTimeout: (handle: unknown) => {
      timers.get(handle)?.();
      timers.delete(handle);
    },
  });
  Date.now = () => scheduler.now();
  return () => {
    Object.assign(globalThis, { setImmediate, setTimeout, clearTimeout });
    Date.now = now;
  };
}
