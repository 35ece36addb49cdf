import { histogram, type Observe } from './histogram.ts';
import type { RequestTotal } from './port.ts';

/** Upper bounds of the buckets, in seconds. */
export const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How long requests take, by route template, method and status. */
export function requestDurations(name: string) {
  const durations = histogram(name, 'Time to answer a request, by route template.', BOUNDS);
  const byRoute = new Map<string, Map<string, Map<number, Observe>>>();

  return {
    observe(method: string, route: string, status: number, seconds: number): void {
      const byMethod = madeOnce(byRoute, route, () => new Map<string, Map<number, Observe>>());
      const byStatus = madeOnce(byMethod, method, () => new Map<number, Observe>());
      madeOnce(byStatus, status, () => durations.series({ method, route, status }))(seconds);
    },
    totals: (): readonly RequestTotal[] =>
      durations.read().map(({ labels: { method, route, status }, buckets, sum }) => ({
        ...{ method: String(method), route: String(route), status: Number(status) },
        ...{ buckets, seconds: sum },
      })),
    text: durations.text,
  };
}

/** The value of a key, made when it is first asked for. */
export function madeOnce<Key, Value>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    values.set(key, value);
  }
  return value;
}
