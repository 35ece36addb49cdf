import { type Clock, sleep } from '../clock/port.ts';
import type { OutboxFeed } from '../storage/port.ts';
import { messageOf } from './envelope.ts';
import { recordOf } from './kafka-record.ts';
import type { Bounds, NewRecord, Topic, TopicReader, TopicRecord } from './kafka-topic.ts';

/** A topic in memory whose brokers can be told to misbehave. */
export interface MemoryTopic extends Topic {
  /** All that is kept, in order of offsets within each partition. */
  records(): readonly TopicRecord[];
  /** Answers nothing while true. */
  down: boolean;
  /** Asked at each append: the records are lost, or kept though the answer is lost. */
  fate: () => 'done' | 'lost' | 'unanswered';
  /** Forgets all but the last `keep` records of each partition, as retention does. */
  trim(keep: number): void;
  commits: { readonly group: string; readonly offsets: readonly number[] }[];
}

const MOST_WAIT_MS = 500;

export function memoryTopic(clock: Clock): MemoryTopic {
  let partitions: TopicRecord[][] | undefined;
  let lows: number[] = [];
  let nexts: number[] = [];
  const waiters = new Set<AbortController>();
  const reach = () => {
    if (topic.down) throw new Error('the brokers are down');
  };

  const bounds = (): Bounds[] => lows.map((low, partition) => ({ low, next: nexts[partition] ?? 0 }));
  const append = (records: readonly NewRecord[]) => {
    for (const { key: _, ...record } of records) {
      const offset = nexts[record.partition] ?? 0;
      partitions?.[record.partition]?.push({ ...record, offset });
      nexts[record.partition] = offset + 1;
    }
    for (const waiter of waiters) waiter.abort();
  };

  function openReader(): TopicReader {
    const offsets: number[] = [];
    const ready = (partition: number): TopicRecord[] => {
      const from = offsets[partition] ?? Number.POSITIVE_INFINITY;
      if (from < (lows[partition] ?? 0)) throw new Error('OFFSET_OUT_OF_RANGE');
      return partitions?.[partition]?.filter(({ offset }) => offset >= from) ?? [];
    };
    const fetch = () => {
      reach();
      const found = lows.flatMap((_, partition) => ready(partition));
      for (const { partition, offset } of found) offsets[partition] = offset + 1;
      return found;
    };
    return {
      async bounds() {
        reach();
        if (partitions === undefined) throw new Error('Unknown topic');
        return bounds();
      },
      async recordAt(partition, offset) {
        reach();
        return partitions?.[partition]?.find((record) => record.offset >= offset);
      },
      seek(partition, offset) {
        offsets[partition] = offset;
      },
      async next(signal) {
        const found = fetch();
        if (found.length > 0) return found;
        const waiter = new AbortController();
        waiters.add(waiter);
        await sleep(clock, MOST_WAIT_MS, AbortSignal.any([waiter.signal, signal]));
        waiters.delete(waiter);
        return signal.aborted ? [] : fetch();
      },
      ahead: () => bounds().reduce((sum, { next }, partition) => sum + next - (offsets[partition] ?? next), 0),
      close: async () => undefined,
    };
  }

  const topic: MemoryTopic = {
    down: false,
    fate: () => 'done',
    commits: [],
    records: () => partitions?.flat() ?? [],
    trim(keep) {
      for (const [partition, records] of partitions?.entries() ?? []) {
        records.splice(0, records.length - keep);
        lows[partition] = records[0]?.offset ?? nexts[partition] ?? 0;
      }
    },
    openReader: async () => openReader(),
    async openWriter(count) {
      reach();
      partitions ??= Array.from({ length: count }, () => []);
      if (lows.length === 0) {
        lows = partitions.map(() => 0);
        nexts = partitions.map(() => 0);
      }
      return {
        async append(records) {
          reach();
          const fate = topic.fate();
          if (fate !== 'lost') append(records);
          if (fate !== 'done') throw new Error('the connection was lost');
        },
        close: async () => undefined,
      };
    },
    async commit(group, offsets) {
      reach();
      topic.commits.push({ group, offsets });
    },
  };
  return topic;
}

/** Appends everything of a feed from the first event on, whatever the topic holds already. */
export async function repeatAll(topic: Topic, feed: Pick<OutboxFeed, 'log' | 'readFeed'>): Promise<void> {
  const writer = await topic.openWriter(feed.log.partitions);
  const last = new Map<number, number>();
  const records = (await feed.readFeed([], 10_000)).map((event) => {
    const events = { [event.type]: { version: event.schemaVersion } };
    const record = recordOf(
      messageOf(event, { log: feed.log, tenant: 'default', events }),
      last.get(event.partition) ?? 0,
    );
    last.set(event.partition, event.position);
    return record;
  });
  await writer.append(records);
  await writer.close();
}
