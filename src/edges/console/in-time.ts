import { type Clock, sleep } from '../../platform/clock/port.ts';

/** A part of a page that it can do without: undefined when it fails or does not come within `deadlineMs`. */
export async function inTime<Value>(
  clock: Clock,
  deadlineMs: number,
  load: () => Promise<Value>,
): Promise<Value | undefined> {
  const enough = new AbortController();
  const loading = Promise.try(load).catch(() => undefined);
  try {
    return await Promise.race([loading, sleep(clock, deadlineMs, enough.signal).then(() => undefined)]);
  } finally {
    enough.abort();
  }
}
