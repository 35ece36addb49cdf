import type { ReadStream } from '../edges/console/order-log.ts';
import type { Desk } from './console/desk.ts';

/** Reads the streams of the services. A service that is not here has none. */
export function streamsOf(desks: readonly Desk[]): ReadStream {
  return async ({ service, aggregate, id }, newest) => {
    const desk = desks.find((each) => each.service === service);
    return desk === undefined ? { events: [], isWhole: true } : desk.stream(aggregate, id, newest);
  };
}
