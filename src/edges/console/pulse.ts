import type { Clock } from '../../platform/clock/port.ts';
import type { Counters, ProcessFacts } from './process-facts.ts';
import { between, quantile, together } from './quantile.ts';

/** What the shop did in the seconds before `at`. */
export interface Beat {
  /** In ms. */
  readonly at: number;
  readonly ordersPerSecond: number;
  readonly requestsPerSecond: number;
  /** Of the requests, those that were answered with a fault (5xx). */
  readonly failuresPerSecond: number;
  readonly eventsPerSecond: number;
  /** Of the checkouts of the last minute, in ms; null while there was none. */
  readonly checkoutMs: { readonly p50: number; readonly p99: number } | null;
  readonly viewLagEvents: number;
  readonly busBehindEvents: number;
  readonly eventLoopDelayMs: number;
  readonly cpuShare: number;
  readonly memoryBytes: number;
}

/** The shop's figures in short steps, kept for a while. */
export interface Pulse {
  /** Oldest first. */
  readonly beats: readonly Beat[];
  /** The counters as they stood some seconds ago and stand now, and the seconds between. */
  span(): { readonly earlier: Counters; readonly later: Counters; readonly seconds: number };
  onBeat(listener: (beat: Beat) => void): () => void;
  close(): void;
}

interface Reading {
  readonly at: number;
  readonly counters: Counters;
  readonly checkouts: readonly number[];
}

export const BEAT_MS = 2_000;
/** A quarter of an hour. */
const BEATS_KEPT = 450;
/** Readings that the checkouts' latency looks back over: a minute. */
const LATENCY_BEATS = 30;
/** Readings that traffic is measured over: ten seconds. */
const SPAN_BEATS = 5;

/** Takes the pulse every two seconds until it is closed. */
export function takePulse(facts: ProcessFacts, clock: Clock): Pulse {
  const beats: Beat[] = [];
  const listeners = new Set<(beat: Beat) => void>();
  let readings: Reading[] = [read()];
  let cancel = clock.after(BEAT_MS, beat);

  function read(): Reading {
    const counters = facts.counters();
    return { at: clock.now(), counters, checkouts: checkoutsIn(counters) };
  }

  function beat(): void {
    cancel = clock.after(BEAT_MS, beat);
    const [before, now] = [readings.at(-1) ?? read(), read()];
    readings = [...readings.slice(-LATENCY_BEATS), now];
    const oldest = readings[0] ?? before;
    const taken = { ...beatBetween(before, now, oldest), ...facts.standing() };
    beats.push(taken);
    if (beats.length > BEATS_KEPT) beats.shift();
    for (const tell of listeners) tell(taken);
  }

  return {
    beats,
    span() {
      const earlier = readings.at(-1 - SPAN_BEATS) ?? readings[0] ?? read();
      const later = read();
      return {
        earlier: earlier.counters,
        later: later.counters,
        seconds: Math.max(0.001, (later.at - earlier.at) / 1_000),
      };
    },
    onBeat(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => cancel(),
  };
}

function beatBetween(before: Reading, now: Reading, oldest: Reading) {
  const seconds = Math.max(0.001, (now.at - before.at) / 1_000);
  const perSecond = (count: (counters: Counters) => number) =>
    Math.max(0, count(now.counters) - count(before.counters)) / seconds;
  const { bounds } = now.counters;
  const minute = between(oldest.checkouts, now.checkouts);
  const [p50, p99] = [quantile(minute, bounds, 0.5), quantile(minute, bounds, 0.99)];
  return {
    at: now.at,
    ordersPerSecond: perSecond(ordersIn),
    requestsPerSecond: perSecond((counters) => requestsIn(counters, () => true)),
    failuresPerSecond: perSecond((counters) => requestsIn(counters, (status) => status >= 500)),
    eventsPerSecond: perSecond(({ committed }) => committed.reduce((sum, { events }) => sum + events, 0)),
    checkoutMs: p50 === undefined || p99 === undefined ? null : { p50: p50 * 1_000, p99: p99 * 1_000 },
  };
}

function ordersIn({ committed }: Counters): number {
  return committed.find(({ service, type }) => service === 'orders' && type === 'OrderPlaced')?.events ?? 0;
}

/** The console's own questions are no traffic of the shop. */
function requestsIn({ requests }: Counters, counts: (status: number) => boolean): number {
  return requests
    .filter(({ route, status }) => counts(status) && !route.startsWith('/console'))
    .reduce((sum, { buckets }) => sum + buckets.reduce((all, count) => all + count, 0), 0);
}

/** How long checkouts took, whichever door they came by. */
function checkoutsIn({ requests, bounds }: Counters): readonly number[] {
  const checkouts = requests.filter(
    ({ method, route, status }) => method === 'POST' && /\/checkout$/.test(route) && status < 400,
  );
  return together(
    checkouts.map(({ buckets }) => buckets),
    bounds.length + 1,
  );
}
