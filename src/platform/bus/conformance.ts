import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import type { VirtualClock } from '../clock/virtual.ts';
import {
  type Bus,
  type BusSubscription,
  type Delivery,
  type Message,
  type Place,
  UnknownSource,
  WrongEpoch,
} from './port.ts';

/** What a test tells: the `count`-th event of a subject. */
export interface Told {
  readonly subject: string;
  readonly count: number;
  /** Default `Counted`. */
  readonly type?: string;
  /** Default 2, the newest. Version 1 has `n` where version 2 has `count`. */
  readonly schemaVersion?: number;
  /** Makes the event this much larger, in bytes. */
  readonly padding?: number;
}

export interface BusUnderTest {
  readonly bus: Bus;
  readonly clock: VirtualClock;
  /** Commits the events to the log of service `shop` in one commit, and publishes them where the bus needs it. */
  tell(events: readonly Told[]): Promise<void>;
}

/** The contract of service `shop` that the suite speaks of. */
export const SHOP_EVENTS = {
  Counted: { version: 2, upcasters: { 1: (data: { readonly n?: unknown }) => ({ count: Number(data.n) }) } },
  Ignored: { version: 1 },
};

/** The counts of a subject, in order. */
export const told = (subject: string, ...counts: number[]): Told[] => counts.map((count) => ({ subject, count }));

/** The suite that every bus passes. */
export function busConformance(name: string, open: () => Promise<BusUnderTest>): void {
  const check = (title: string, body: (test: BusUnderTest) => Promise<void>) =>
    it(title, async () => {
      const test = await open();
      try {
        await body(test);
      } finally {
        await test.clock.runUntil(test.bus.close());
      }
    });

  describe(`bus: ${name}`, () => {
    check('tells every group everything, in order per subject', async ({ bus, clock, tell }) => {
      const first = listen(bus, 'first');
      await tell([...told('a', 1), ...told('b', 1), ...told('a', 2)]);
      await clock.advance(5_000);
      const second = listen(bus, 'second');
      await tell(told('a', 3));
      await clock.advance(5_000);
      for (const { heard } of [first, second]) assert.deepEqual(bySubject(heard), { a: [1, 2, 3], b: [1] });
    });

    check('carries CloudEvents with the place in the source log', async ({ bus, clock, tell }) => {
      const { heard, deliveries } = listen(bus, 'group');
      await tell(told('a', 1));
      await clock.advance(5_000);
      const [message] = heard;
      assert.ok(message !== undefined);
      assert.equal(message.specversion, '1.0');
      assert.equal(message.source, '/services/shop');
      assert.equal(message.dataschema, '/schemas/shop/Counted/2');
      assert.equal(message.position, 1);
      assert.equal(message.streamversion, 1);
      assert.equal(new Date(message.time).toISOString(), message.time);
      assert.equal(deliveries[0]?.through[message.partition], 1);
    });

    check('delivers again what a handler threw at, and skips nothing', async ({ bus, clock, tell }) => {
      let failures = 3;
      const { heard } = listen(bus, 'group', {
        before() {
          if (failures-- > 0) throw new Error('not now');
        },
      });
      await tell([...told('a', 1, 2), ...told('b', 1)]);
      await clock.advance(60_000);
      assert.equal(failures, -1);
      assert.deepEqual(bySubject(heard), { a: [1, 2], b: [1] });
    });

    check('does not let one group that fails hold up another', async ({ bus, clock, tell }) => {
      const failing = listen(bus, 'failing', {
        before() {
          throw new Error('never');
        },
      });
      const { heard } = listen(bus, 'healthy');
      await tell(told('a', 1, 2));
      await clock.advance(5_000);
      assert.deepEqual(bySubject(heard), { a: [1, 2] });
      assert.deepEqual(failing.heard, []);
    });

    check('resumes a group where its inbox stands', async ({ bus, clock, tell }) => {
      const before = listen(bus, 'group');
      await tell([...told('a', 1), ...told('b', 1)]);
      await clock.advance(5_000);
      await before.consumer.close();
      const last = before.deliveries.at(-1);
      assert.ok(last !== undefined);
      await tell(told('a', 2));
      const after = listen(bus, 'group', { from: { epoch: last.epoch, positions: last.through } });
      await clock.advance(5_000);
      assert.deepEqual(bySubject(after.heard), { a: [2] });
      assert.deepEqual(bySubject(before.heard), { a: [1], b: [1] });
    });

    check('gives a group the types that it asked for', async ({ bus, clock, tell }) => {
      const { heard, consumer } = listen(bus, 'group');
      await tell([{ subject: 'a', count: 1, type: 'Ignored', schemaVersion: 1 }, ...told('a', 2)]);
      await tell([{ subject: 'a', count: 3, type: 'Ignored', schemaVersion: 1 }]);
      await clock.advance(5_000);
      assert.deepEqual(bySubject(heard), { a: [2] });
      assert.equal(consumer.behind(), 0);
    });

    check('reads older versions, and marks a newer one without holding up the rest', async ({ bus, clock, tell }) => {
      const { heard } = listen(bus, 'group');
      await tell([
        { subject: 'a', count: 1, schemaVersion: 1 },
        { subject: 'b', count: 1, schemaVersion: 3 },
        ...told('c', 1),
      ]);
      await clock.advance(5_000);
      assert.deepEqual(bySubject(heard.filter((message) => message.unreadable === undefined)), { a: [1], c: [1] });
      const marked = heard.filter((message) => message.unreadable !== undefined);
      assert.deepEqual(
        marked.map(({ subject, dataschema }) => [subject, dataschema]),
        [['b', '/schemas/shop/Counted/3']],
      );
    });

    check('refuses a place of another epoch and a source nobody carries', async ({ bus }) => {
      assert.throws(() => listen(bus, 'group', { from: { epoch: 'restored', positions: [1, 1] } }), WrongEpoch);
      assert.throws(
        () => bus.subscribe({ group: 'g', source: 'nobody', types: [], from: undefined, handle: async () => {} }),
        UnknownSource,
      );
    });

    check('delivers nothing after it was closed', async ({ bus, clock, tell }) => {
      const { heard, consumer } = listen(bus, 'group');
      await tell(told('a', 1));
      await clock.advance(5_000);
      await consumer.close();
      await tell(told('a', 2));
      await clock.advance(5_000);
      assert.deepEqual(bySubject(heard), { a: [1] });
    });

    for (const seed of [1, 2, 3, 4, 5, 6]) {
      check(
        `loses, repeats and reorders nothing that was accepted, with restarts and failures (seed ${seed})`,
        async (test) => {
          await randomRun(test, seed);
        },
      );
    }
  });
}

/** Subscribes a group that keeps what it hears. */
export function listen(
  bus: Bus,
  group: string,
  options: { readonly from?: Place; readonly before?: () => void; readonly batch?: number } = {},
) {
  const heard: Message[] = [];
  const deliveries: Delivery[] = [];
  const subscription: BusSubscription = {
    group,
    source: 'shop',
    types: ['Counted'],
    from: options.from,
    ...(options.batch === undefined ? {} : { batch: options.batch }),
    async handle(delivery) {
      options.before?.();
      heard.push(...delivery.messages);
      deliveries.push(delivery);
    },
  };
  return { heard, deliveries, consumer: bus.subscribe(subscription) };
}

/** What was heard, in order, by subject. */
export function bySubject(messages: readonly Message[]): Record<string, number[]> {
  const counts: Record<string, number[]> = {};
  for (const { subject, data } of messages) {
    const heard = counts[subject] ?? [];
    counts[subject] = heard;
    heard.push(Number(data.count));
  }
  return counts;
}

async function randomRun({ bus, clock, tell }: BusUnderTest, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random.fraction() * most);
  const counts = new Map<string, number>();
  const accepted: Message[] = [];
  let place: Place | undefined;
  const start = () =>
    bus.subscribe({
      group: 'group',
      source: 'shop',
      types: ['Counted'],
      from: place,
      batch: 1 + upTo(5),
      async handle({ messages, epoch, through }) {
        if (random.fraction() < 0.3) throw new Error('by chance');
        accepted.push(...messages);
        place = { epoch, positions: through };
      },
    });
  let consumer = start();
  for (let round = 0; round < 40; round++) {
    const batch: Told[] = [];
    for (let each = upTo(6); each > 0; each--) {
      const subject = `s${upTo(7)}`;
      const count = (counts.get(subject) ?? 0) + 1;
      counts.set(subject, count);
      batch.push({ subject, count });
    }
    await tell(batch);
    if (random.fraction() < 0.5) await clock.advance(upTo(400));
    if (random.fraction() < 0.2) {
      await clock.runUntil(consumer.close());
      consumer = start();
    }
  }
  await clock.advance(600_000);
  const expected = Object.fromEntries([...counts].map(([s, n]) => [s, Array.from({ length: n }, (_, i) => i + 1)]));
  assert.deepEqual(bySubject(accepted), expected);
}
