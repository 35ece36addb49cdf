import type { OutboxFeed, Positions } from '../storage/port.ts';
import { locate } from './kafka-locate.ts';
import type { Bounds, TopicReader, TopicRecord } from './kafka-topic.ts';
import { WrongEpoch } from './port.ts';

/** How a consumer gets from where it stands to the end of the topic. */
export interface Course {
  /** Undefined when nothing was ever heard nor published. */
  readonly epoch: string | undefined;
  readonly place: Positions;
  /** First the owner's feed, up to here; undefined when the topic holds everything. */
  readonly readFeedTo: Positions | undefined;
  /** Then the topic, from here. Moves as records are taken. */
  readonly offsets: number[];
}

export interface Stand {
  readonly source: string;
  /** Undefined when nothing was ever heard and the owner's feed cannot be read here. */
  readonly epoch: string | undefined;
  /** Empty when nothing was ever heard. */
  readonly place: Positions;
  readonly feed: Pick<OutboxFeed, 'heads' | 'log'> | undefined;
  /** Partitions to be read from the first record that is kept: what was found for their places did not join on. */
  readonly reread: ReadonlySet<number>;
}

/**
 * Plots the course. Who has heard nothing, or stands where the topic no longer reaches back, reads the owner's feed up to the
 * record that was the topic's last one, and goes on behind that record. Who cannot read the feed starts with the first record
 * that is kept, and takes what joins on. Throws a WrongEpoch when the topic has gone on to another life of the log.
 */
export async function plotCourse(reader: TopicReader, stand: Stand): Promise<Course> {
  const { feed, source } = stand;
  const bounds = await reader.bounds();
  const last = await lastRecords(reader, bounds);
  const epoch = stand.epoch ?? newestEpoch(last);
  const place = bounds.map((_, partition) => stand.place[partition] ?? 0);
  const readFeedTo = [...place];
  const offsets: number[] = [];
  for (const [partition, each] of bounds.entries()) {
    const position = place[partition] ?? 0;
    const record = last[partition];
    offsets[partition] = each.next;
    if (record === undefined) {
      // Everything is past its retention: only the feed knows what it was.
      if (each.next > 0 && feed !== undefined) readFeedTo[partition] = (await feed.heads())[partition] ?? 0;
      continue;
    }
    if (epoch === undefined || record.epoch !== epoch) {
      if (feed === undefined)
        throw new WrongEpoch(`stands in epoch ${epoch} of ${source}, whose topic is now in epoch ${record.epoch}`);
      continue;
    }
    if (record.position <= position && !stand.reread.has(partition)) continue;
    if (stand.reread.has(partition)) {
      offsets[partition] = each.low;
      continue;
    }
    const start =
      position === 0 && feed !== undefined ? 'behind' : await locate(reader, partition, { epoch, position }, each);
    if (start !== 'behind') offsets[partition] = start.offset;
    else if (feed !== undefined) readFeedTo[partition] = record.position;
    else offsets[partition] = each.low;
  }
  const isNeeded = readFeedTo.some((position, partition) => position > (place[partition] ?? 0));
  return { epoch, place, readFeedTo: isNeeded ? readFeedTo : undefined, offsets };
}

async function lastRecords(reader: TopicReader, bounds: readonly Bounds[]): Promise<(TopicRecord | undefined)[]> {
  const found: (TopicRecord | undefined)[] = [];
  for (const [partition, { low, next }] of bounds.entries())
    found.push(next > low ? await reader.recordAt(partition, next - 1) : undefined);
  return found;
}

function newestEpoch(last: readonly (TopicRecord | undefined)[]): string | undefined {
  return last.find((record) => record !== undefined)?.epoch;
}
