import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { type VirtualClock, virtualClock } from '../clock/virtual.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { busConformance, SHOP_EVENTS, type Told } from './conformance.ts';
import { type BrokerUnderTest, brokerConformance } from './conformance-broker.ts';
import { messageOf } from './envelope.ts';
import { kafkaBus } from './kafka.ts';
import { type MemoryTopic, memoryTopic, repeatAll } from './kafka-memory-topic-harness.ts';
import { recordOf } from './kafka-record.ts';
import { relayOutbox } from './kafka-relay.ts';
import type { Message, Place } from './port.ts';
import { type SourceLog, sourceLog } from './source-log-harness.ts';

interface World extends BrokerUnderTest {
  readonly topic: MemoryTopic;
  readonly log: SourceLog;
  readonly relays: ReturnType<typeof relayOutbox>[];
}

async function open(options: { readonly feeds?: boolean; readonly seed?: number } = {}): Promise<World> {
  const clock: VirtualClock = virtualClock();
  const random = seededRandom(options.seed ?? 7);
  const logger = silentLogger;
  const topic = memoryTopic(clock);
  const log = await sourceLog(clock);
  const relays: ReturnType<typeof relayOutbox>[] = [];
  const relay = () => {
    relays.push(relayOutbox({ feed: log.feed, topic, clock, random, logger }));
  };
  relay();
  const feed = options.feeds === false ? {} : { feed: log.feed };
  const bus = kafkaBus({
    ...{ brokers: [], prefix: 'test', clock, random, logger, topicOf: () => topic },
    sources: { shop: { events: SHOP_EVENTS, ...feed } },
  });
  return {
    ...{ clock, topic, log, relays, relay },
    bus: {
      ...bus,
      async close() {
        await bus.close();
        await Promise.all(relays.map((each) => each.stop()));
      },
    },
    again: () => repeatAll(topic, log.feed),
    forget: async () => topic.trim(0),
    async tell(events) {
      const heads = await log.tell(events);
      for (const each of relays) each.wake(heads);
    },
  };
}

busConformance('Kafka’s rules over a topic in memory', () => open());
brokerConformance('Kafka’s rules over a topic in memory', () => open());

/** A group that keeps its place with what it accepted, as an inbox does. */
function inbox({ bus }: Pick<World, 'bus'>, chanceOfFault = () => false) {
  const accepted: Message[] = [];
  let place: Place | undefined;
  return {
    accepted,
    listen: () =>
      bus.subscribe({
        ...{ group: 'group', source: 'shop', types: ['Counted'], from: place, batch: 3 },
        async handle({ messages, epoch, from, through }) {
          if (chanceOfFault()) throw new Error('by chance');
          assert.deepEqual(from, place?.positions ?? from);
          accepted.push(...messages);
          place = { epoch, positions: through };
        },
      }),
  };
}

for (const seed of [1, 2, 3, 4, 5]) {
  for (const feeds of [true, false]) {
    const title = `two relays, lost answers, an outage and ${feeds ? 'short retention' : 'no feed'}: once each, in order (seed ${seed})`;
    test(title, async () => {
      const world = await open({ seed, feeds });
      const { clock, topic, tell, bus } = world;
      const random = seededRandom(seed * 31);
      const upTo = (most: number) => Math.floor(random.fraction() * most);
      const dice = (chance: number) => random.fraction() < chance;
      const { accepted, listen } = inbox(world, () => dice(0.2));
      topic.fate = () => (dice(0.15) ? 'lost' : dice(0.15) ? 'unanswered' : 'done');
      const counts = new Map<string, number>();
      let consumer = listen();
      for (let round = 0; round < 40; round++) {
        const batch: Told[] = [];
        for (let each = upTo(6); each > 0; each--) {
          if (dice(0.2)) batch.push({ subject: `u${upTo(7)}`, count: 0, type: 'Unpublished', schemaVersion: 1 });
          const subject = `s${upTo(7)}`;
          const count = (counts.get(subject) ?? 0) + 1;
          counts.set(subject, count);
          batch.push({ subject, count });
        }
        await tell(batch);
        await clock.advance(upTo(600));
        if (dice(0.1)) topic.down = !topic.down;
        if (dice(0.1)) world.relay();
        if (dice(0.1)) await clock.runUntil(world.relays.shift()?.stop() ?? Promise.resolve());
        if (world.relays.length === 0) world.relay();
        if (feeds && dice(0.1)) topic.trim(upTo(4));
        if (dice(0.2)) {
          await clock.runUntil(consumer.close());
          consumer = listen();
        }
      }
      topic.down = false;
      topic.fate = () => 'done';
      await clock.advance(120_000);
      const heard: Record<string, number[]> = {};
      for (const { subject, data } of accepted) heard[subject] = [...(heard[subject] ?? []), Number(data.count)];
      const expected = [...counts].map(([subject, most]) => [subject, Array.from({ length: most }, (_, i) => i + 1)]);
      assert.deepEqual(heard, Object.fromEntries(expected));
      assert.equal(consumer.behind(), 0);
      await clock.runUntil(bus.close());
    });
  }
}

test('a consumer that cannot read the feed learns from the topic that its log was restored', async () => {
  const world = await open({ feeds: false });
  await world.tell([{ subject: 'a', count: 1 }]);
  await world.clock.advance(1_000);
  const lost: string[] = [];
  const subscribe = (from: Place | undefined) =>
    world.bus.subscribe({
      ...{ group: 'group', source: 'shop', types: ['Counted'], from, handle: async () => undefined },
      lost: ({ name }) => lost.push(name),
    });
  subscribe({ epoch: 'before', positions: [1, 1, 1] });
  await world.clock.advance(1_000);
  assert.deepEqual(lost, ['WrongEpoch']);
  const consumer = subscribe(undefined);
  await world.clock.advance(1_000);
  const restored = { ...world.log.feed, log: { ...world.log.feed.log, epoch: 'after' } };
  await repeatAll(world.topic, restored);
  await world.clock.advance(1_000);
  assert.deepEqual(lost, ['WrongEpoch', 'WrongEpoch']);
  await world.clock.runUntil(consumer.close());
  await world.clock.runUntil(world.bus.close());
});

test('a group tells the brokers how far it is', async () => {
  const world = await open();
  const { listen } = inbox(world);
  listen();
  await world.tell([{ subject: 'a', count: 1 }]);
  await world.clock.advance(6_000);
  await world.tell([{ subject: 'a', count: 2 }]);
  await world.clock.advance(6_000);
  const last = world.topic.commits.at(-1);
  assert.equal(last?.group, 'test.group');
  assert.equal(
    last?.offsets.reduce((sum, offset) => sum + offset, 0),
    2,
  );
  await world.clock.runUntil(world.bus.close());
});

test('what the brokers have lost in the middle is read from the owner, in its turn', async () => {
  const world = await open();
  const { accepted, listen } = inbox(world);
  listen();
  await world.tell([{ subject: 'a', count: 1 }]);
  await world.clock.advance(1_000);
  await world.clock.runUntil(world.relays[0]?.stop() ?? Promise.resolve());
  await world.log.tell([2, 3, 4].map((count) => ({ subject: 'a', count })));
  const last = (await world.log.feed.readFeed([], 10)).at(-1);
  assert.ok(last !== undefined);
  const envelope = messageOf(last, { log: world.log.feed.log, tenant: 'default', events: SHOP_EVENTS });
  await (await world.topic.openWriter(3)).append([recordOf(envelope, last.position - 1)]);
  await world.clock.advance(5_000);
  assert.deepEqual(
    accepted.map(({ data }) => data.count),
    [1, 2, 3, 4],
  );
  await world.clock.runUntil(world.bus.close());
});

test('repetitions hide no place, also from one who cannot read the feed', async () => {
  // One relay wrote 1 to 9, another repeated 3 and 4 again and again, then the first went on with 10.
  const positions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 10];
  const world = await open({ feeds: false });
  const { clock, topic, log } = world;
  const told = (count: number) => ({ subject: 'a', count });
  await clock.runUntil(world.relays[0]?.stop() ?? Promise.resolve());
  await log.tell(Array.from({ length: 10 }, (_, index) => told(index + 1)));
  const records = (await log.feed.readFeed([], 10)).map((event) =>
    recordOf(messageOf(event, { log: log.feed.log, tenant: 'default', events: SHOP_EVENTS }), event.position - 1),
  );
  const writer = await topic.openWriter(3);
  await writer.append(positions.flatMap((position) => records[position - 1] ?? []));
  const { epoch = '', partition = 0 } = records[0] ?? {};
  for (let position = 0; position < 10; position++) {
    const heard: unknown[] = [];
    const consumer = world.bus.subscribe({
      ...{ group: `from ${position}`, source: 'shop', types: ['Counted'] },
      from: { epoch, positions: [0, 1, 2].map((each) => (each === partition ? position : 0)) },
      handle: async ({ messages }) => void heard.push(...messages.map(({ data }) => data.count)),
    });
    await clock.advance(5_000);
    assert.deepEqual(
      heard,
      Array.from({ length: 10 - position }, (_, index) => position + index + 1),
    );
    await clock.runUntil(consumer.close());
  }
  await clock.runUntil(world.bus.close());
});
