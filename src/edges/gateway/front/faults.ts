import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from '../routes/schema.ts';

/** The fault of a drill that a request meets; undefined for nearly all. `fraction` draws a number in [0, 1). */
export function faultFor(
  faults: readonly Fault[] | undefined,
  headers: IncomingHttpHeaders,
  fraction: () => number,
): Fault | undefined {
  return faults?.find(({ header, percent }) => {
    if (header !== undefined && headers[header.name] !== header.value) return false;
    return percent === undefined || fraction() * 100 < percent;
  });
}
