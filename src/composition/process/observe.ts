import { getHeapStatistics } from 'node:v8';
import type { Metrics } from '../../platform/telemetry/port.ts';
import type { Traffic } from '../traffic.ts';

/** Lets metrics look at what a process does as a whole: its calls, the events it writes and hears, the room it has. */
export function observeProcess(
  traffic: Pick<Traffic, 'calls' | 'heard' | 'events'>,
  metrics: Pick<Metrics, 'watch'>,
): void {
  const calls = (count: (each: Traffic['calls'] extends Iterable<infer Each> ? Each : never) => number) => () =>
    [...traffic.calls].map((each) => ({ labels: { from: each.from, to: each.to }, value: count(each) }));
  metrics.watch(
    'jangteo_calls_total',
    calls(({ asked }) => asked),
  );
  metrics.watch(
    'jangteo_calls_unknown_total',
    calls(({ unknown }) => unknown),
  );
  metrics.watch(
    'jangteo_calls_rejected_total',
    calls(({ rejected }) => rejected),
  );
  metrics.watch('jangteo_events_heard_total', () =>
    [...traffic.heard].map(({ source, service, events }) => ({ labels: { service, source }, value: events })),
  );
  metrics.watch('jangteo_events_committed_total', () =>
    [...traffic.events].flatMap(([service, types]) =>
      [...types].map(([type, value]) => ({ labels: { service, type }, value })),
    ),
  );
  metrics.watch('jangteo_heap_limit_bytes', () => [{ labels: {}, value: getHeapStatistics().heap_size_limit }]);
}
