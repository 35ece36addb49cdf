import type { ServiceKit } from '../../platform/service/port.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';

type OwnLog = ServiceKit['ownLog'];

/** A page of the log: events in the order of each partition, and the time that every partition has been read up to. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  readonly upTo: number;
}

const PAGE = 500;
/** How far apart the clocks of processes that wrote the same log may be, in ms. */
const SKEW_MS = 3_600_000;

/**
 * The events of the service's own log that were decided from `from` on and before `below` (ms), page by page, roughly in the
 * order of time. The log has no index by time: where it begins is found by halving, in a few reads however long the log is.
 */
export async function* eventsBetween(log: OwnLog, from: number, below: number): AsyncGenerator<LogPage> {
  const heads = await log.heads();
  const after = [...(await positionsBefore(log, heads, from - SKEW_MS))];
  const ended = heads.map((head, partition) => (after[partition] ?? 0) >= head);
  while (ended.includes(false)) {
    // A partition that has come to its end is asked behind its head, where there is nothing.
    const asked = after.map((position, partition) => (ended[partition] ? Number.MAX_SAFE_INTEGER : position));
    const page = await log.readFeed(asked, PAGE);
    const counts = heads.map(() => 0);
    const reached = heads.map(() => Number.POSITIVE_INFINITY);
    for (const { partition, position, at } of page) {
      counts[partition] = (counts[partition] ?? 0) + 1;
      after[partition] = position;
      reached[partition] = at;
      if (at >= below + SKEW_MS || position >= (heads[partition] ?? 0)) ended[partition] = true;
    }
    for (const [partition, count] of counts.entries()) if (count < PAGE) ended[partition] = true;
    const upTo = reached.filter((_, partition) => !ended[partition]).reduce((a, b) => Math.min(a, b), below);
    yield { events: page.filter(({ at }) => at >= from - SKEW_MS && at < below + SKEW_MS), upTo };
  }
}

/** In each partition a position before which everything was decided before `time`. */
async function positionsBefore(log: OwnLog, heads: readonly number[], time: number): Promise<readonly number[]> {
  const low = heads.map(() => 0);
  const high = [...heads];
  while (low.some((position, partition) => position < (high[partition] ?? 0))) {
    const middle = low.map((position, partition) => Math.floor((position + (high[partition] ?? 0)) / 2));
    const found = new Map((await log.readFeed(middle, 1)).map((event) => [event.partition, event.at]));
    for (const [partition, position] of middle.entries()) {
      if (position >= (high[partition] ?? 0)) continue;
      if ((found.get(partition) ?? Number.POSITIVE_INFINITY) < time) low[partition] = position + 1;
      else high[partition] = position;
    }
  }
  return low;
}
