import {
  type BaseOptions,
  type ClusterTopicMetadata,
  Consumer,
  findErrorBy,
  ListOffsetTimestamps,
} from '@platformatic/kafka';
import type { TopicReader, TopicRecord } from './kafka-topic.ts';

/** How long a broker waits for news, in ms: also how long a close may take. */
const MOST_WAIT_MS = 500;
const MOST_BYTES = 1_048_576;
/** A broker answers with one batch at least. */
const ONE_BATCH = 1;
interface Limits {
  readonly waitMs: number;
  /** Of a partition. */
  readonly bytes: number;
}
const TAIL: Limits = { waitMs: MOST_WAIT_MS, bytes: MOST_BYTES };
const LOOK: Limits = { waitMs: 0, bytes: ONE_BATCH };

/** Of a batch: control batches (ends of transactions) hold no events. */
const IS_CONTROL = 0x20;

/**
 * Reads all partitions of a topic, each from its leader, without a group: which partitions a consumer reads and where it goes on
 * is not the brokers' to say here, for its position lies with its effects.
 */
export function openKafkaReader(base: BaseOptions, topic: string): TopicReader {
  // Nobody joins the group: the client asks for a name all the same.
  const consumer = new Consumer({ ...base, groupId: `${topic}.reader`, maxWaitTime: MOST_WAIT_MS, isolationLevel: 0 });
  consumer.topics.track(topic);
  const offsets: number[] = [];
  const ends: number[] = [];
  /** A fetch under way from each leader, and what has come of those that nobody waited for. */
  const underWay = new Map<number, Promise<void>>();
  let ready: TopicRecord[] = [];

  const metadata = async (): Promise<ClusterTopicMetadata> => {
    const found = (await consumer.metadata({ topics: [topic] })).topics.get(topic);
    if (found === undefined) throw new Error(`the brokers do not know topic ${topic}`);
    return found;
  };
  const fetch = async (node: number, partitions: readonly number[], from: readonly number[], most: Limits) => {
    const { id } = await metadata();
    const response = await consumer.fetch({
      node,
      maxWaitTime: most.waitMs,
      minBytes: 1,
      maxBytes: most.bytes * 4,
      topics: [
        {
          topicId: id,
          partitions: partitions.map((partition) => ({
            partition,
            currentLeaderEpoch: -1,
            fetchOffset: BigInt(from[partition] ?? 0),
            lastFetchedEpoch: -1,
            partitionMaxBytes: most.bytes,
          })),
        },
      ],
    });
    return partitionsOf(response);
  };
  /** Fetches what follows from one leader, and moves on behind it unless `seek` has moved elsewhere meanwhile. */
  const advance = async (node: number, partitions: readonly number[]): Promise<void> => {
    const from = [...offsets];
    for (const { partition, found, next, end } of await fetch(node, partitions, from, TAIL)) {
      ends[partition] = end;
      const at = from[partition] ?? 0;
      if (offsets[partition] !== at) continue;
      for (const record of found) if (record.offset >= at) ready.push(record);
      offsets[partition] = Math.max(at, next);
    }
  };

  return {
    async bounds() {
      const low = await consumer.listOffsets({ topics: [topic], timestamp: ListOffsetTimestamps.EARLIEST });
      const next = await consumer.listOffsets({ topics: [topic], timestamp: ListOffsetTimestamps.LATEST });
      return (next.get(topic) ?? []).map((offset, partition) => ({
        low: Number(low.get(topic)?.[partition] ?? 0n),
        next: Number(offset),
      }));
    },
    async recordAt(partition, offset) {
      const leader = (await metadata()).partitions[partition]?.leader ?? 0;
      const from: number[] = [];
      for (from[partition] = offset; ; ) {
        const [got] = await fetch(leader, [partition], from, LOOK);
        const record = got?.found.find((each) => each.offset >= offset);
        if (record !== undefined || got === undefined || got.next <= (from[partition] ?? 0)) return record;
        from[partition] = got.next;
      }
    },
    seek(partition, offset) {
      offsets[partition] = offset;
      ready = ready.filter((record) => record.partition !== partition);
    },
    async next(signal) {
      const byLeader = Map.groupBy(
        (await metadata()).partitions.entries().filter(([partition]) => offsets[partition] !== undefined),
        ([, { leader }]) => leader,
      );
      for (const [node, partitions] of byLeader) {
        if (underWay.has(node)) continue;
        const fetching = advance(
          node,
          partitions.map(([partition]) => partition),
        ).finally(() => underWay.delete(node));
        // One that fails while nobody waits is made again by the next call.
        fetching.catch(() => undefined);
        underWay.set(node, fetching);
      }
      if (ready.length === 0) await firstOf(underWay.values(), signal);
      const records = ready;
      ready = [];
      return records;
    },
    ahead: () => ends.reduce((sum, end, partition) => sum + Math.max(0, end - (offsets[partition] ?? end)), 0),
    async close() {
      await consumer.close(true);
    },
  };
}

/** The first of them to settle, or the signal. A race with a promise of the signal would leave a reaction on it each time. */
function firstOf(racing: Iterable<Promise<void>>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve();
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    Promise.race(racing)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}

function partitionsOf(response: Awaited<ReturnType<Consumer['fetch']>>) {
  return response.responses.flatMap(({ partitions }) =>
    partitions.map(({ partitionIndex: partition, highWatermark, records }) => {
      const found: TopicRecord[] = [];
      let next = 0;
      for (const batch of records ?? []) {
        const first = Number(batch.firstOffset);
        next = first + batch.lastOffsetDelta + 1;
        if ((batch.attributes & IS_CONTROL) !== 0) continue;
        for (const { offsetDelta, headers, value } of batch.records) {
          const record = recordOf(partition, first + offsetDelta, headers, value);
          if (record !== undefined) found.push(record);
        }
      }
      return { partition, found, next, end: Number(highWatermark) };
    }),
  );
}

/** A record of ours; undefined for what somebody else has put into the topic. */
function recordOf(
  partition: number,
  offset: number,
  headers: readonly (readonly [Buffer | null, Buffer | null])[],
  value: Buffer | null,
): TopicRecord | undefined {
  let type: string | undefined;
  let place: string | undefined;
  for (const [name, content] of headers) {
    const key = name?.toString('latin1');
    if (key === 'ce_type') type = content?.toString();
    else if (key === 'place') place = content?.toString('latin1');
  }
  if (type === undefined || place === undefined || value === null) return undefined;
  const [epoch = '', after, position] = place.split(' ');
  return { partition, offset, type, epoch, after: Number(after), position: Number(position), value };
}

/** Whether `error` is, or was caused by, the protocol's error of that name. */
export function isError(error: unknown, apiId: string): boolean {
  return error instanceof Error && findErrorBy(error, 'apiId', apiId) !== null;
}
