import { setImmediate } from 'node:timers/promises';
import type { Clock } from './port.ts';

/** A clock that moves only when it is told to; by whole milliseconds, as the machine's. */
export interface VirtualClock extends Clock {
  /** Lets `ms` go by: due timers fire in order of their time, then of their making, with all that each sets off in between. */
  advance(ms: number): Promise<void>;
  /** Jumps from timer to timer until `promise` settles. Throws when no timer is left, or after `mostMs` (default one hour). */
  runUntil<Value>(promise: Promise<Value>, mostMs?: number): Promise<Value>;
  /** Timers that wait. */
  pending(): number;
}

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** Turns of the event loop after which whatever a timer set off in memory has come to rest. */
const TURNS = 10;
const MOST_MS = 3_600_000;

export function virtualClock(startMs = 1_800_000_000_000): VirtualClock {
  let nowMs = startMs;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (
        first === undefined ||
        timer.dueMs < first.dueMs ||
        (timer.dueMs === first.dueMs && timer.order < first.order)
      )
        first = timer;
    }
    return first;
  };
  const rest = async () => {
    for (let turn = 0; turn < TURNS; turn++) await setImmediate();
  };
  const fire = async (timer: Timer) => {
    timers.delete(timer);
    nowMs = Math.max(nowMs, timer.dueMs);
    timer.task();
    await rest();
  };

  return {
    now: () => nowMs,
    after(delayMs, task) {
      const timer = { dueMs: nowMs + Math.ceil(Math.max(0, delayMs)), order: order++, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await rest();
      for (let timer = next(); timer !== undefined && timer.dueMs <= untilMs; timer = next()) await fire(timer);
      nowMs = untilMs;
    },
    async runUntil(promise, mostMs = MOST_MS) {
      let settled = false;
      const done = () => {
        settled = true;
      };
      promise.then(done, done);
      const untilMs = nowMs + mostMs;
      await rest();
      while (!settled) {
        const timer = next();
        if (timer === undefined) throw new Error('nothing is left to happen, and the promise has not settled');
        if (timer.dueMs > untilMs) throw new Error(`the promise has not settled in ${mostMs} ms`);
        await fire(timer);
      }
      return promise;
    },
    pending: () => timers.size,
  };
}
