import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock/port.ts';
import { seededRandom } from '../clock/seeded.ts';
import { systemClock } from '../clock/system.ts';
import type { VirtualClock } from '../clock/virtual.ts';
import type { Positions } from '../storage/port.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { SHOP_EVENTS } from './conformance.ts';
import type { BrokerUnderTest } from './conformance-broker.ts';
import { kafkaBus } from './kafka.ts';
import { emptyTopic, kafkaTopic } from './kafka-client.ts';
import { repeatAll } from './kafka-memory-topic-harness.ts';
import { type OutboxRelay, relayOutbox } from './kafka-relay.ts';
import { sourceLog } from './source-log-harness.ts';

/** Pauses pass this much faster than they say, so that a suite written for a virtual clock ends soon on a real broker. */
const SPEED = 20;
const MOST_WAIT_MS = 30_000;

/** A bus over the brokers at `brokers`, with a topic of its own, its relay, and a clock that waits for it to come to rest. */
export async function kafkaUnderTest(brokers: readonly string[]): Promise<BrokerUnderTest> {
  const prefix = `conformance-${crypto.randomUUID()}`;
  const hurried: Clock = { now: systemClock.now, after: (ms, task) => systemClock.after(ms / SPEED, task) };
  const [random, logger] = [seededRandom(7), silentLogger];
  const topic = kafkaTopic({ brokers }, `${prefix}.shop`);
  const log = await sourceLog(hurried);
  const relays: OutboxRelay[] = [];
  const relay = () => {
    relays.push(relayOutbox({ feed: log.feed, topic, clock: hurried, random, logger }));
  };
  relay();
  const bus = kafkaBus({
    ...{ brokers, prefix, clock: hurried, random, logger },
    sources: { shop: { events: SHOP_EVENTS, feed: log.feed } },
  });
  const open = new Map<object, { readonly place: () => Positions; failing: boolean }>();

  const isAtRest = (heads: Positions, exceptFailing: boolean) =>
    [...open.values()].every(
      ({ place, failing }) =>
        (failing && exceptFailing) || heads.every((head, partition) => (place()[partition] ?? 0) >= head),
    );
  const clock: VirtualClock = {
    ...hurried,
    pending: () => 0,
    runUntil: (promise) => promise,
    async advance(ms) {
      const least = Date.now() + Math.min(ms / SPEED, 3_000);
      await delay(Math.min(ms / SPEED, 250));
      if (ms < 1_000) return;
      const heads = await log.feed.heads();
      for (const most = Date.now() + MOST_WAIT_MS; !isAtRest(heads, Date.now() >= least); await delay(10))
        if (Date.now() > most) throw new Error('the bus does not come to rest');
    },
  };

  return {
    clock,
    relay,
    async tell(events) {
      const heads = await log.tell(events);
      for (const each of relays) each.wake(heads);
    },
    again: () => repeatAll(topic, log.feed),
    async forget() {
      const reader = await topic.openReader();
      const bounds = await reader.bounds();
      await reader.close();
      await emptyTopic(
        { brokers },
        `${prefix}.shop`,
        bounds.map(({ next }) => next),
      );
    },
    bus: {
      ...bus,
      subscribe(subscription) {
        const state = { place: (): Positions => [], failing: false };
        const consumer = bus.subscribe({
          ...subscription,
          async handle(delivery) {
            try {
              await subscription.handle(delivery);
              state.failing = false;
            } catch (error) {
              state.failing = true;
              throw error;
            }
          },
        });
        state.place = consumer.place;
        open.set(state, state);
        return {
          behind: consumer.behind,
          async close() {
            open.delete(state);
            await consumer.close();
          },
        };
      },
      async close() {
        await Promise.all(relays.map((each) => each.stop()));
        await bus.close();
      },
    },
  };
}
