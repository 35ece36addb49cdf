import type { Bounds, TopicReader, TopicRecord } from './kafka-topic.ts';

/** Where a reader that stands at `position` of a partition goes on, or that the topic no longer holds what comes next. */
export type Start = { readonly offset: number } | 'behind';

/**
 * Finds the offset of what follows `position`, by bisection: about log2(records) reads. Positions rise with offsets, except where a
 * second relay has repeated some. A record found there that does not join on (by its `after`) sends the search on before it; what lies
 * behind one that does may still show a gap later, and the reader then reads the feed, or all that is kept. Records of other epochs lie before all.
 */
export async function locate(
  reader: Pick<TopicReader, 'recordAt'>,
  partition: number,
  place: { readonly epoch: string; readonly position: number },
  bounds: Bounds,
): Promise<Start> {
  const isAfter = ({ epoch, position }: TopicRecord) => epoch === place.epoch && position > place.position;
  for (let end = bounds.next; end > bounds.low; ) {
    let low = bounds.low;
    let high = end;
    let found: TopicRecord | undefined;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const record = await reader.recordAt(partition, middle);
      if (record === undefined || record.offset >= high) high = middle;
      else if (isAfter(record)) {
        found = record;
        high = middle;
      } else low = record.offset + 1;
    }
    if (found === undefined) return end === bounds.next ? { offset: end } : 'behind';
    if (found.after <= place.position) return { offset: found.offset };
    end = found.offset;
  }
  return bounds.next > bounds.low ? 'behind' : { offset: bounds.next };
}
