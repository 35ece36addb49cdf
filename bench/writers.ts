import type { EventStore, Work } from '../src/platform/event-store/port.ts';
import { latenciesOf } from './load/latencies.ts';

/** What writers that wait for their answers got out of an event store, in this process. */
export interface Decisions {
  readonly perSecond: number;
  /** Of this process, per decision. */
  readonly cpuMicros: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Each writer asks, waits for the answer, and asks again, for so many seconds. Throws at a rejection. */
export async function decisions(
  store: EventStore,
  writers: number,
  seconds: number,
  work: (writer: number, turn: number) => Work,
): Promise<Decisions> {
  const times: number[] = [];
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let turn = 0; performance.now() < until; turn++) {
        const askedAt = performance.now();
        const decided = await store.decide(work(writer, turn));
        if (!decided.ok) throw new Error(decided.rejection.detail);
        times.push(performance.now() - askedAt);
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  const { p50, p99 } = latenciesOf(times);
  const perSecond = (times.length / (performance.now() - startedAt)) * 1_000;
  return { perSecond, cpuMicros: (user + system) / times.length, p50Ms: p50, p99Ms: p99 };
}

/** So much of one decision, when each came to `events` events. */
export function perEvent(measured: Decisions, events: number): Decisions {
  return { ...measured, perSecond: measured.perSecond * events, cpuMicros: measured.cpuMicros / events };
}
