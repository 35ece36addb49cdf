import { type BaseOptions, ProduceAcks, Producer } from '@platformatic/kafka';
import type { NewRecord, TopicWriter } from './kafka-topic.ts';

/** What goes to one partition in one request, at most: a broker refuses a batch of more than 1,048,588 bytes by default. */
const MOST_BATCH_BYTES = 900_000;
/** About what a record takes beside key and value. */
const OVERHEAD_BYTES = 160;

const CONTENT_TYPE = Buffer.from('application/cloudevents+json; charset=UTF-8');
const HEADERS = { content: Buffer.from('content-type'), type: Buffer.from('ce_type'), place: Buffer.from('place') };

/** Writes with an idempotent producer (what is retried on the way arrives once), acknowledged by all in-sync replicas. */
export function openKafkaWriter(base: BaseOptions, topic: string): TopicWriter {
  const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({ ...base, idempotent: true, acks: ProduceAcks.ALL });
  return {
    async append(records) {
      for (const batch of batches(records, MOST_BATCH_BYTES)) {
        await producer.send({ messages: batch.map((record) => messageOf(topic, record)) });
      }
    },
    async close() {
      await producer.close(true);
    },
  };
}

/** Cuts `records` so that no partition gets more than `mostBytes` in one request; a record is never larger than that. */
export function* batches(records: readonly NewRecord[], mostBytes: number): Generator<readonly NewRecord[]> {
  let batch: NewRecord[] = [];
  let bytes = new Map<number, number>();
  for (const record of records) {
    const size = record.value.length + record.key.length * 3 + OVERHEAD_BYTES;
    const filled = (bytes.get(record.partition) ?? 0) + size;
    if (filled > mostBytes && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = new Map();
    }
    batch.push(record);
    bytes.set(record.partition, (bytes.get(record.partition) ?? 0) + size);
  }
  if (batch.length > 0) yield batch;
}

function messageOf(topic: string, { partition, key, type, epoch, position, after, value }: NewRecord) {
  return {
    topic,
    partition,
    key: Buffer.from(key),
    value,
    headers: new Map([
      [HEADERS.content, CONTENT_TYPE],
      [HEADERS.type, Buffer.from(type)],
      [HEADERS.place, Buffer.from(`${epoch} ${after} ${position}`)],
    ]),
  };
}
