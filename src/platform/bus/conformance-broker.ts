import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BusUnderTest, bySubject, listen, told } from './conformance.ts';
import type { Message, Place } from './port.ts';

/** A bus behind which a broker keeps copies, with what may become of them. */
export interface BrokerUnderTest extends BusUnderTest {
  /** Publishes everything once more, from the first event on, as a process that was paused and knows no better. */
  again(): Promise<void>;
  /** The broker forgets what it keeps, as at the end of its retention. */
  forget(): Promise<void>;
  /** Starts one more relay beside those that run. */
  relay(): void;
}

/** What a bus with a broker can break beyond `busConformance`. */
export function brokerConformance(name: string, open: () => Promise<BrokerUnderTest>): void {
  const check = (title: string, body: (test: BrokerUnderTest) => Promise<void>) =>
    it(title, async () => {
      const test = await open();
      try {
        await body(test);
      } finally {
        await test.clock.runUntil(test.bus.close());
      }
    });

  describe(`broker: ${name}`, () => {
    check('tells once what was published twice, and does not go back', async ({ bus, clock, tell, again }) => {
      const { heard, deliveries } = listen(bus, 'group');
      await tell([...told('a', 1, 2), ...told('b', 1)]);
      await clock.advance(5_000);
      await again();
      await tell(told('a', 3));
      await clock.advance(5_000);
      assert.deepEqual(bySubject(heard), { a: [1, 2, 3], b: [1] });
      for (const { from, through } of deliveries)
        assert.ok(through.every((position, partition) => position >= (from[partition] ?? 0)));
    });

    check('finds its place among repetitions', async ({ bus, clock, tell, again }) => {
      const before = listen(bus, 'group');
      for (let count = 1; count <= 20; count++) await tell([...told('a', count), ...told('b', count)]);
      await clock.advance(5_000);
      const last = before.deliveries.at(-1);
      assert.ok(last !== undefined);
      await clock.runUntil(before.consumer.close());
      await again();
      for (let count = 21; count <= 40; count++) await tell(told('a', count));
      await again();
      const after = listen(bus, 'group', { from: { epoch: last.epoch, positions: last.through } });
      await clock.advance(10_000);
      assert.deepEqual(bySubject(after.heard), { a: Array.from({ length: 20 }, (_, index) => 21 + index) });
    });

    check('tells with two relays as with one', async ({ bus, clock, tell, relay }) => {
      const { heard } = listen(bus, 'group');
      await tell(told('a', 1, 2));
      relay();
      for (let count = 3; count <= 30; count++) await tell(told('a', count));
      await clock.advance(10_000);
      assert.deepEqual(bySubject(heard), { a: Array.from({ length: 30 }, (_, index) => 1 + index) });
    });

    check('tells a newcomer, and one who stood still, what the broker has forgotten', async (test) => {
      const { bus, clock, tell, forget } = test;
      const early = listen(bus, 'early');
      await tell([...told('a', 1), ...told('b', 1)]);
      await clock.advance(5_000);
      const last = early.deliveries.at(-1);
      assert.ok(last !== undefined);
      await clock.runUntil(early.consumer.close());
      await tell([...told('a', 2), ...told('b', 2)]);
      await clock.advance(5_000);
      await forget();
      const stood = listen(bus, 'early', { from: { epoch: last.epoch, positions: last.through } });
      const newcomer = listen(bus, 'newcomer');
      await clock.advance(5_000);
      await tell(told('a', 3));
      await clock.advance(5_000);
      assert.deepEqual(bySubject(stood.heard), { a: [2, 3], b: [2] });
      assert.deepEqual(bySubject(newcomer.heard), { a: [1, 2, 3], b: [1, 2] });
    });

    check('carries an event that is too large for the broker, in its turn', async ({ bus, clock, tell }) => {
      const { heard } = listen(bus, 'group');
      const megabytes = 2_500_000;
      await tell([...told('a', 1), { subject: 'a', count: 2, padding: megabytes }, ...told('a', 3), ...told('b', 1)]);
      await clock.advance(10_000);
      assert.deepEqual(bySubject(heard), { a: [1, 2, 3], b: [1] });
      const large = heard.find(({ data }) => data.count === 2);
      assert.equal(String(large?.data.padding).length, megabytes);
      assert.equal(large !== undefined && 'dataref' in large, false);
    });

    check('lets consumers of a group take over from each other in mid-batch', async ({ bus, clock, tell }) => {
      const accepted: Message[] = [];
      let place: Place | undefined;
      let seat = 0;
      let deaths = 2;
      /** As an inbox: what a consumer accepts counts only while the seat is its own. */
      const sit = () => {
        const mine = ++seat;
        return bus.subscribe({
          ...{ group: 'group', source: 'shop', types: ['Counted'], from: place, batch: 4 },
          async handle({ messages, epoch, through }) {
            if (mine !== seat) throw new Error('the seat was taken');
            if (accepted.length > 5 * (3 - deaths) && deaths-- > 0) consumers.push(sit());
            if (mine !== seat) throw new Error('died in mid-batch');
            accepted.push(...messages);
            place = { epoch, positions: through };
          },
        });
      };
      const consumers = [sit()];
      for (let count = 1; count <= 25; count++) await tell([...told('a', count), ...told('b', count)]);
      await clock.advance(20_000);
      const all = Array.from({ length: 25 }, (_, index) => 1 + index);
      assert.deepEqual(bySubject(accepted), { a: all, b: all });
      assert.equal(consumers.length, 3);
    });
  });
}
