import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { ViewDefinition } from '../../kernel/view.ts';
import type { LogFollower, OwnEvent } from '../bus/port.ts';
import { openGeneration } from './generation.ts';

const counts: ViewDefinition = {
  name: 'counts',
  version: 1,
  collection: { name: 'counts', fields: {}, indexes: [] },
  types: ['Counted'],
  keysOf: (event) => [event.subject],
  apply: (document) => ({ events: Number(document?.events ?? 0) + 1 }),
};

/** A log of one partition with `events` events, whose reads are noted, and may fail. */
function logOf(events: number) {
  const asked: number[] = [];
  const failing = { from: -1 };
  const eventAt = (position: number) =>
    ({ type: 'Counted', subject: 'a', partition: 0, position, at: position, data: {} }) as unknown as OwnEvent;
  const follower = {
    log: { partitions: 1, epoch: 'e' },
    known: () => [events],
    async read([from = 0]: readonly number[], limit: number) {
      asked.push(from);
      if (from === failing.from) throw new Error('the log cannot be read');
      const through = Math.min(events, from + limit);
      return { items: Array.from({ length: through - from }, (_, at) => eventAt(from + at + 1)), through: [through] };
    },
  } as unknown as LogFollower<OwnEvent>;
  return { asked, failing, follower };
}

async function opened(follower: LogFollower<OwnEvent>, write: () => Promise<void>) {
  const storage = { documents: async () => new Map(), positions: async () => undefined };
  return openGeneration({ view: counts, generation: 1, follower, storage: storage as never, write, cacheEntries: 10 });
}

test('the next batch is read while this one is written, and no batch is read twice or left out', async () => {
  const { asked, follower } = logOf(25);
  let written = Promise.withResolvers<void>();
  const generation = await opened(follower, () => written.promise);
  const step = generation.step(10);
  await turn();
  assert.deepEqual(asked, [0, 10]);
  assert.deepEqual(generation.positions(), [0]);
  written.resolve();
  await step;
  written = Promise.withResolvers<void>();
  written.resolve();
  assert.deepEqual(await generation.step(10), { events: 10, drained: false });
  assert.deepEqual(await generation.step(10), { events: 5, drained: true });
  assert.deepEqual(await generation.step(10), { events: 0, drained: true });
  assert.deepEqual(asked, [0, 10, 20, 25]);
  assert.deepEqual((await generation.get('a'))?.body, { events: 25 });
});

test('a batch that could not be read ahead fails the step that wants it, and is read again', async () => {
  const { failing, follower } = logOf(25);
  const generation = await opened(follower, async () => undefined);
  failing.from = 10;
  await generation.step(10);
  await assert.rejects(generation.step(10), /cannot be read/);
  failing.from = -1;
  await generation.step(10);
  assert.deepEqual((await generation.get('a'))?.body, { events: 20 });
});

test('no document is looked for before the first event of its stream, where documents are made a stream each', async () => {
  const asked: (readonly string[])[] = [];
  const events = [
    { subject: 'old', version: 7 },
    { subject: 'new', version: 1 },
    { subject: 'new', version: 2 },
  ].map((event, at) => ({ ...event, type: 'Counted', partition: 0, position: 11 + at, at, data: {} }));
  const follower = {
    log: { partitions: 1, epoch: 'e' },
    known: () => [13],
    read: async () => ({ items: events as unknown as OwnEvent[], through: [13] }),
  } as unknown as LogFollower<OwnEvent>;
  const storage = {
    async documents(_collection: unknown, _generation: number, keys: readonly string[]) {
      asked.push(keys);
      return new Map(keys.map((key) => [key, { key, version: 6, body: { events: 6 } }]));
    },
    positions: async () => ({ epoch: 'e', positions: [10], fence: 0 }),
  };
  const view: ViewDefinition = { ...counts, perStream: true };
  const write = async () => undefined;
  const options = { view, generation: 1, follower, storage: storage as never, write, cacheEntries: 10 };
  const generation = await openGeneration(options);
  await generation.step(10);
  assert.deepEqual(asked, [['old']]);
  assert.deepEqual((await generation.get('old'))?.body, { events: 7 });
  assert.deepEqual((await generation.get('new'))?.body, { events: 2 });
});
