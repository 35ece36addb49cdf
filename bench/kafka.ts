/**
 * What the Kafka bus does on a real broker: `node bench/kafka.ts [thousands of events]` prints JSON. Takes the address of the broker from
 * JANGTEO_TEST_KAFKA and works on topics of its own. Publishing and hearing are measured one after the other, each alone: the
 * publisher with all acknowledgements, the consumer through the bus with its place advanced by each delivery. Then the relay from a log
 * in memory. `bare` is the client without the bus, with records of the same size in the same batches: the floor.
 */

import { ProduceAcks, Producer } from '@platformatic/kafka';
import { kafkaBus } from '../src/platform/bus/kafka.ts';
import { kafkaTopic } from '../src/platform/bus/kafka-client.ts';
import { openPublisher } from '../src/platform/bus/kafka-publish.ts';
import { envelopeOf, recordOf } from '../src/platform/bus/kafka-record.ts';
import { relayOutbox } from '../src/platform/bus/kafka-relay.ts';
import type { Envelope } from '../src/platform/bus/port.ts';
import { systemClock, systemRandom } from '../src/platform/clock/system.ts';
import { memoryStorage } from '../src/platform/storage/memory.ts';
import type { Storage } from '../src/platform/storage/port.ts';
import { silentLogger } from '../src/platform/telemetry/silent.ts';

const address = process.env.JANGTEO_TEST_KAFKA;
if (address === undefined) throw new Error('JANGTEO_TEST_KAFKA names no broker, for example 127.0.0.1:9092');
const brokers = [address];
const events = Number(process.argv[2] ?? 100) * 1_000;
const PARTITIONS = 4;
const BATCH = 1_000;
const prefix = `bench-${Date.now()}`;

const envelopes = Array.from({ length: events }, (_, index) => envelope(index));
const rateOf = async (count: number, work: () => Promise<unknown>) => {
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  await work();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: Math.round(count / seconds), cpuMicrosEach: Math.round((user + system) / count) };
};

const published = await rateOf(events, publish);
const heard = await rateOf(events, hear);
const log = await filledLog();
const relayed = await rateOf(events, () => relay(log));
const bare = await rateOf(events, produceBare);
const positionFound = await findPosition();
console.log(
  JSON.stringify({
    events,
    bytesEach: recordOf(envelope(0), 0).value.length,
    published,
    heard,
    relayed,
    bare,
    positionFound,
    envelopes: modes(),
  }),
);
process.exit(0);

async function publish(): Promise<void> {
  const publisher = await openPublisher(kafkaTopic({ brokers }, `${prefix}.shop`), {
    epoch: 'bench',
    partitions: PARTITIONS,
  });
  let under: Promise<void> = Promise.resolve();
  for (let at = 0; at < events; at += BATCH) {
    const before = under;
    under = publisher.publish(envelopes.slice(at, at + BATCH));
    await before;
  }
  await under;
  await publisher.close();
}

async function hear(): Promise<void> {
  const bus = kafkaBus({
    ...{ brokers, prefix, clock: systemClock, random: systemRandom, logger: silentLogger },
    sources: { shop: { events: { OrderPlaced: { version: 1 } } } },
  });
  let count = 0;
  await new Promise<void>((resolve) =>
    bus.subscribe({
      ...{ group: 'bench', source: 'shop', types: ['OrderPlaced'], from: undefined },
      async handle({ messages }) {
        count += messages.length;
        if (count >= events) resolve();
      },
    }),
  );
  await bus.close();
}

/** A log in memory with all the events. */
async function filledLog(): Promise<Storage> {
  const storage = memoryStorage({ name: 'relayed', clock: systemClock, partitions: PARTITIONS });
  const fences = await storage.acquire('bench', 3_600_000);
  for (let at = 0; at < events; at += BATCH) {
    const group = envelopes.slice(at, at + BATCH).map(({ subject, partition, position, type, data }) => {
      return {
        partition,
        stream: `${type}/${subject}/${position}`,
        version: 1,
        type,
        schemaVersion: 1,
        data,
        metadata: {},
      };
    });
    const { fate } = await storage.commit({
      ...{ id: String(at), at: Date.now(), fences, events: group, documents: [], idempotency: [], positions: [] },
    });
    if (fate !== 'done') throw new Error(`the log could not be filled: ${fate}`);
  }
  return storage;
}

async function relay(feed: Storage): Promise<void> {
  const topic = kafkaTopic({ brokers }, `${prefix}.relayed`);
  const relaying = relayOutbox({ feed, topic, clock: systemClock, random: systemRandom, logger: silentLogger });
  relaying.wake(await feed.heads());
  while (relaying.state() !== 'running' || relaying.behind() > 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await relaying.stop();
}

async function produceBare(): Promise<void> {
  const writer = await kafkaTopic({ brokers }, `${prefix}.bare`).openWriter(PARTITIONS);
  await writer.close();
  const producer = new Producer({
    clientId: 'bench',
    bootstrapBrokers: brokers,
    acks: ProduceAcks.ALL,
    idempotent: true,
  });
  const value = recordOf(envelope(0), 0).value;
  for (let at = 0; at < events; at += BATCH) {
    const messages = envelopes.slice(at, at + BATCH).map(({ partition, subject }) => {
      return { topic: `${prefix}.bare`, partition, key: Buffer.from(subject), value };
    });
    await producer.send({ messages });
  }
  await producer.close();
}

/** Milliseconds that a consumer takes to find the offset of a position in the middle of the topic, opening its connection included. */
async function findPosition(): Promise<number> {
  const bus = kafkaBus({
    ...{ brokers, prefix, clock: systemClock, random: systemRandom, logger: silentLogger },
    sources: { shop: { events: { OrderPlaced: { version: 1 } } } },
  });
  const half = Math.floor(events / PARTITIONS / 2);
  const from = { epoch: 'bench', positions: Array.from({ length: PARTITIONS }, () => half) };
  const began = performance.now();
  await new Promise<void>((resolve) =>
    bus.subscribe({
      ...{ group: 'found', source: 'shop', types: ['OrderPlaced'], from },
      handle: async () => resolve(),
    }),
  );
  const found = Math.round(performance.now() - began);
  await bus.close();
  return found;
}

/** CPU of writing and reading one envelope in structured mode, and in binary mode: a header for each attribute. */
function modes(): Readonly<Record<string, number>> {
  const sample = envelopes.slice(0, 20_000);
  const micros = (work: (envelope: Envelope) => unknown) => {
    const began = performance.now();
    for (const each of sample) work(each);
    return Math.round(((performance.now() - began) * 1e5) / sample.length) / 100;
  };
  const structured = micros((each) => envelopeOf(recordOf(each, 0)));
  const binary = micros(({ data, ...attributes }) => {
    const headers = Object.entries(attributes).map(
      ([name, value]) => [Buffer.from(`ce_${name}`), Buffer.from(String(value))] as const,
    );
    const value = Buffer.from(JSON.stringify(data));
    const read = Object.fromEntries(
      headers.map(([name, content]) => [name.toString('latin1').slice(3), content.toString()]),
    );
    return { ...read, data: JSON.parse(value.toString()) as unknown };
  });
  return { structuredMicros: structured, binaryMicros: binary };
}

function envelope(index: number): Envelope {
  const partition = index % PARTITIONS;
  const position = Math.floor(index / PARTITIONS) + 1;
  return {
    ...{ specversion: '1.0', id: `bench.${partition}.${position}`, source: '/services/shop', type: 'OrderPlaced' },
    ...{ subject: `ord_1${String(index % 5_000).padStart(25, '0')}`, time: '2026-11-21T21:00:00.000Z' },
    ...{
      datacontenttype: 'application/json',
      dataschema: '/schemas/shop/OrderPlaced/1',
      tenant: 'default',
      homecell: 1,
    },
    ...{ log: 'shop', epoch: 'bench', partition, position, streamversion: 1 },
    data: {
      lines: [{ sku: 'SKU-1', quantity: 2, unit: { minor: 1_299, currency: 'GBP' } }],
      total: { minor: 2_598, currency: 'GBP' },
    },
  };
}
