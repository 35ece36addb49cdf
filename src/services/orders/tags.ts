import { idOf } from '../../platform/event-store/aggregate.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';

const ORDER = 'order/';

/** The tags of the copies that these events outdate: `order:<orderId>`. */
export function tagsOf(events: readonly StoredEvent[]): readonly string[] {
  const tags: string[] = [];
  for (const { stream } of events) {
    if (!stream.startsWith(ORDER)) continue;
    const tag = `order:${idOf(stream)}`;
    if (!tags.includes(tag)) tags.push(tag);
  }
  return tags;
}
