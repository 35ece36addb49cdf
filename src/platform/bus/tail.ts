import type { StoredEvent } from '../storage/port.ts';
import type { LogItem } from './port.ts';

/** What was lately written to one partition, held in memory: all items in (base, head], base and head being positions. */
export interface Tail<Item extends LogItem> {
  /** Takes an event that was just committed; `item` is undefined where nobody here wants it. */
  offer(event: Pick<StoredEvent, 'position'>, item: Item | undefined): void;
  /** Says that the log ended at `position` when nothing of it was held yet. */
  startAt(position: number): void;
  /** Whether everything after `position` that this process wrote is held. */
  holdsAfter(position: number): boolean;
  after(position: number, limit: number): { readonly items: readonly Item[]; readonly through: number };
  head(): number;
}

/** A tail of at most about `keep` items. */
export function tail<Item extends LogItem>(keep: number): Tail<Item> {
  let items: Item[] = [];
  let base = Number.POSITIVE_INFINITY;
  let head = -1;

  const restart = (position: number) => {
    items = [];
    base = position;
    head = position;
  };
  /** The index of the first item after `position`. */
  const indexAfter = (position: number): number => {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((items[middle]?.position ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    offer({ position }, item) {
      if (position <= head) return;
      if (position !== head + 1) restart(position - 1);
      head = position;
      if (item === undefined) return;
      items.push(item);
      if (items.length < 2 * keep) return;
      base = items[items.length - keep - 1]?.position ?? base;
      items = items.slice(-keep);
    },
    startAt(position) {
      if (head < 0) restart(position);
    },
    holdsAfter: (position) => position >= base,
    after(position, limit) {
      const from = indexAfter(position);
      const found = items.slice(from, from + limit);
      const last = found.length === limit ? found.at(-1)?.position : undefined;
      return { items: found, through: last ?? Math.max(position, head) };
    },
    head: () => head,
  };
}
