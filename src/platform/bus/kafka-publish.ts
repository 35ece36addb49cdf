import type { LogIdentity, Positions } from '../storage/port.ts';
import { recordOf } from './kafka-record.ts';
import type { NewRecord, Topic } from './kafka-topic.ts';
import type { Envelope } from './port.ts';

/** Appends events of one log to its topic, each with the position of the one before it. */
export interface Publisher {
  /** The last position of each partition that the topic held when the publisher was opened, or that it was given since. */
  published(): Positions;
  /**
   * Publishes in commit order what lies behind `published`. The next may be given while one is under way: it is made ready
   * meanwhile, and sent after it. After a fault nothing is known, and all that follow fail: close it and open another.
   */
  publish(envelopes: readonly Envelope[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a publisher. Where it goes on is read from the topic itself, from the last record of each partition: no other memory could
 * lag behind or run ahead of what was published. What a publisher before it had sent but not heard of is there, or is sent again;
 * readers drop what they have seen by its position.
 */
export async function openPublisher(
  topic: Topic,
  log: Pick<LogIdentity, 'epoch' | 'partitions'>,
  mostRecordBytes?: number,
): Promise<Publisher> {
  const writer = await topic.openWriter(log.partitions);
  try {
    const last = await lastPositions(topic, log);
    let sending: Promise<void> = Promise.resolve();
    return {
      published: () => [...last],
      publish(envelopes) {
        const records: NewRecord[] = [];
        for (const envelope of envelopes) {
          const { partition, position } = envelope;
          const after = last[partition] ?? 0;
          if (position <= after) continue;
          records.push(recordOf(envelope, after, mostRecordBytes));
          last[partition] = position;
        }
        sending = sending.then(() => (records.length > 0 ? writer.append(records) : undefined));
        return sending;
      },
      close: () => writer.close(),
    };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

/** Of each partition the position of its last record; 0 where there is none, or one of another life of the log. */
async function lastPositions(topic: Topic, log: Pick<LogIdentity, 'epoch' | 'partitions'>): Promise<number[]> {
  const reader = await topic.openReader();
  try {
    const bounds = await reader.bounds();
    if (bounds.length < log.partitions) throw new Error('the topic is not ready yet');
    const last: number[] = [];
    for (const [partition, { low, next }] of bounds.entries()) {
      const record = next > low ? await reader.recordAt(partition, next - 1) : undefined;
      last.push(record?.epoch === log.epoch ? record.position : 0);
    }
    return last;
  } finally {
    await reader.close();
  }
}
