import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { type VirtualClock, virtualClock } from '../clock/virtual.ts';
import { partitionOf } from '../event-store/aggregate.ts';
import type { EventStore } from '../event-store/port.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { OutboxFeed, Positions, StoredEvent } from '../storage/port.ts';
import { type BusUnderTest, busConformance, SHOP_EVENTS, type Told } from './conformance.ts';
import { logBus } from './log.ts';

type Listener = Parameters<EventStore['onCommitted']>[0];

const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

/** A log whose owner lives in this process, or (`foreign`) in another one that nobody here hears of. */
async function ownedLog(clock: VirtualClock, foreign: boolean) {
  const storage = memoryStorage({ name: 'shop', clock, partitions: 3 });
  const fences = await storage.acquire('owner', 3_600_000);
  const outbox = storage.outbox(Object.keys(SHOP_EVENTS));
  const listeners = new Set<Listener>();
  const versions = new Map<string, number>();
  let reads = 0;
  const feed: Pick<OutboxFeed, 'log' | 'readFeed' | 'heads'> = {
    ...outbox,
    readFeed(after: Positions, limit: number) {
      reads++;
      return outbox.readFeed(after, limit);
    },
  };
  async function tell(told: readonly Told[]): Promise<void> {
    const events = told.map(({ subject, count, type = 'Counted', schemaVersion = 2 }) => {
      const version = (versions.get(subject) ?? 0) + 1;
      versions.set(subject, version);
      return {
        partition: partitionOf(subject, 3),
        stream: `thing/${subject}`,
        version,
        type,
        schemaVersion,
        data: schemaVersion === 1 ? { n: count } : { count },
        metadata: {},
      };
    });
    const at = clock.now();
    const result = await storage.commit({
      id: crypto.randomUUID(),
      at,
      fences,
      events,
      documents: [],
      idempotency: [],
      positions: [],
    });
    assert.equal(result.fate, 'done');
    if (result.fate !== 'done') return;
    const next = new Map(result.firstPositions);
    const stored = events.map((event): StoredEvent => {
      const position = next.get(event.partition) ?? 0;
      next.set(event.partition, position + 1);
      return { ...event, at, position };
    });
    const heads = await storage.heads();
    if (!foreign) for (const listener of listeners) listener(stored, heads);
  }
  const onCommitted = (listener: Listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { feed, tell, onCommitted, reads: () => reads };
}

async function open(options: { readonly foreign?: boolean; readonly keep?: number }): Promise<BusUnderTest> {
  const clock = virtualClock();
  const { feed, tell, onCommitted } = await ownedLog(clock, options.foreign ?? false);
  const bus = logBus({
    sources: { shop: { feed, events: SHOP_EVENTS, onCommitted } },
    clock,
    random: seededRandom(7),
    logger: silent,
    ...(options.keep === undefined ? {} : { keep: options.keep }),
  });
  return { bus, clock, tell };
}

busConformance('log, owner in this process', () => open({}));
busConformance('log, owner in another process', () => open({ foreign: true }));
busConformance('log, with a tail of one event', () => open({ keep: 1 }));

test('what was committed here is not read back from the database', async () => {
  const clock = virtualClock();
  const { feed, tell, onCommitted, reads } = await ownedLog(clock, false);
  const bus = logBus({
    sources: { shop: { feed, events: SHOP_EVENTS, onCommitted } },
    clock,
    random: seededRandom(7),
    logger: silent,
  });
  let heard = 0;
  const handle = async ({ messages }: { readonly messages: readonly unknown[] }) => {
    heard += messages.length;
  };
  bus.subscribe({ group: 'g', source: 'shop', types: ['Counted'], from: undefined, handle });
  await clock.advance(10);
  const readsAtStart = reads();
  for (let count = 1; count <= 100; count++) await tell([{ subject: `s${count % 9}`, count: Math.ceil(count / 9) }]);
  await clock.advance(10);
  assert.equal(heard, 100);
  assert.equal(reads(), readsAtStart);
  await clock.runUntil(bus.close());
});

test('asks for the heads seldom when nobody else writes, and soon again after another process did', async () => {
  const clock = virtualClock();
  const { feed, tell, onCommitted } = await ownedLog(clock, true);
  let asked = 0;
  const counting = {
    ...feed,
    heads() {
      asked++;
      return feed.heads();
    },
  };
  const bus = logBus({
    sources: { shop: { feed: counting, events: SHOP_EVENTS, onCommitted } },
    clock,
    random: seededRandom(7),
    logger: silent,
  });
  const heardAt: number[] = [];
  bus.subscribe({
    group: 'g',
    source: 'shop',
    types: ['Counted'],
    from: undefined,
    handle: async () => void heardAt.push(clock.now()),
  });
  const startedAt = clock.now();
  await clock.advance(60_000);
  assert.ok(asked < 80, `asked ${asked} times in a quiet minute`);
  await tell([{ subject: 'a', count: 1 }]);
  while (heardAt.length === 0) await clock.advance(20);
  assert.ok(clock.now() - startedAt < 61_100);
  const toldAt = clock.now();
  await tell([{ subject: 'a', count: 2 }]);
  await clock.advance(100);
  assert.ok((heardAt[1] ?? Number.POSITIVE_INFINITY) - toldAt <= 100);
  await clock.runUntil(bus.close());
});
