import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { intent } from '../event-store/aggregate.ts';
import { UnavailableFault } from '../event-store/port.ts';
import type { Case } from '../hospital/port.ts';
import { openWard } from '../hospital/ward.ts';
import { silentLogger } from '../telemetry/silent.ts';
import type { SubscriptionSpec } from './port.ts';
import { runSubscription, type SubscriptionOptions } from './runner.ts';
import { note, notes, scratch, twoServices } from './two-services-spec.ts';

const taking = (on: SubscriptionSpec['on'][string], harmless?: readonly string[]): SubscriptionSpec => ({
  name: 'listening',
  source: 'teller',
  on: { Said: on },
  ...(harmless === undefined ? {} : { harmless }),
});
const noting = taking((event) => note(event.subject, Number(event.data.n)));

async function setUp(spec = noting, options: Partial<SubscriptionOptions> = {}) {
  const clock = virtualClock();
  const random = seededRandom(5);
  const town = await twoServices(clock, random);
  const store = await town.openHearer();
  const bus = town.openBus();
  const cases: Case[] = [];
  const start = (over: Partial<SubscriptionOptions> = {}) =>
    runSubscription(spec, {
      service: 'hearer',
      bus,
      store,
      storage: town.hearerStorage,
      ward: openWard(town.hearerStorage, spec.name),
      clock,
      random,
      logger: silentLogger,
      onAdmitted: (opened) => void cases.push(opened),
      ...options,
      ...over,
    });
  return { ...town, clock, random, store, bus, cases, start, runner: start() };
}

test('effects and position are one commit for a whole batch', async () => {
  const { clock, tell, noted, hearerStorage, runner, start } = await setUp();
  await runner.stop();
  await tell('a', 1, 2, 3);
  await tell('b', 1);
  let commits = 0;
  const commit = hearerStorage.commit;
  hearerStorage.commit = (batch) => {
    commits += batch.events.length > 0 ? 1 : 0;
    return commit(batch);
  };
  const again = start();
  await clock.advance(100);
  assert.deepEqual(await noted(), { a: [1, 2, 3], b: [1] });
  assert.equal(commits, 1);
  assert.deepEqual(
    (await hearerStorage.positions('listening', 0))?.positions.reduce((a, b) => a + b),
    4,
  );
  assert.deepEqual(again.status(), { name: 'listening', source: 'teller', state: 'running', behind: 0, openCases: 0 });
});

test('the effects of an event carry its cause and its trace', async () => {
  const { clock, teller, hearerStorage } = await setUp();
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { topic } = await import('./two-services-spec.ts');
  await teller.decide({ intents: [intent(topic, 'a', { n: 1 })], metadata: { traceparent } });
  await teller.decide({ intents: [intent(topic, 'b', { n: 1 })] });
  await clock.advance(100);
  const metadata = (await hearerStorage.readFeed([], 10)).map((event) => [event.stream, event.metadata.traceparent]);
  assert.deepEqual(Object.fromEntries(metadata), { 'notes/a': traceparent, 'notes/b': undefined });
  const causes = (await hearerStorage.readFeed([], 10)).map((event) => event.metadata.causation);
  assert.equal(new Set(causes).size, 2);
});

test('an event that keeps failing becomes a case after five attempts; its subject waits, the others flow on', async () => {
  let tries = 0;
  const spec = taking((event) => {
    if (event.subject !== 'a') return note(event.subject, Number(event.data.n));
    tries++;
    throw new Error('cannot handle a');
  });
  const { clock, tell, noted, cases, runner, hearerStorage } = await setUp(spec);
  await tell('a', 1);
  await tell('b', 1);
  await tell('a', 2, 3);
  await tell('b', 2);
  await clock.advance(60_000);
  assert.deepEqual(await noted(), { b: [1, 2] });
  assert.equal(tries, 5);
  assert.equal(cases.length, 1);
  assert.equal(cases[0]?.failure.attempts, 5);
  assert.equal(cases[0]?.failure.detail, 'cannot handle a');
  assert.equal(runner.status().openCases, 1);
  assert.equal(runner.status().behind, 0);
  const ward = openWard(hearerStorage, 'listening');
  await ward.reload();
  assert.ok(ward.holds('a'));
});

test('a subscription whose last event became a case is no longer retrying', async () => {
  const spec = taking(() => {
    throw new Error('cannot handle it');
  });
  const { clock, tell, runner } = await setUp(spec);
  await tell('a', 1);
  await clock.advance(60_000);
  const { state, openCases } = runner.status();
  assert.deepEqual({ state, openCases }, { state: 'running', openCases: 1 });
});

test('a refused intent becomes a case at once, unless its code is declared harmless', async () => {
  const spec = taking(
    (event) => ({
      intents: [
        intent(notes, event.subject, { n: Number(event.data.n) }),
        intent(notes, `${event.subject}2`, { n: Math.abs(Number(event.data.n)) }),
      ],
    }),
    ['too_large'],
  );
  const { clock, tell, noted, cases } = await setUp(spec);
  await tell('a', 1, -1, 2);
  await tell('b', 1, 1_000, 2);
  await clock.advance(60_000);
  assert.deepEqual(await noted(), { a: [1], a2: [1], b: [1, 2], b2: [1, 2] });
  assert.deepEqual(
    cases.map(({ subject, failure }) => [subject, failure.kind, failure.code, failure.extra]),
    [['a', 'rejected', 'negative', { n: -1 }]],
  );
});

test('an unavailable partner is asked again without end, and never makes a case', async () => {
  let available = false;
  const spec = taking(async (event) => {
    if (!available) throw new UnavailableFault('the partner is away');
    return note(event.subject, Number(event.data.n));
  });
  const { clock, tell, noted, cases, runner } = await setUp(spec);
  await tell('a', 1);
  await clock.advance(3_600_000);
  assert.equal(runner.status().state, 'retrying');
  assert.deepEqual(await noted(), {});
  available = true;
  await clock.advance(20_000);
  assert.deepEqual(await noted(), { a: [1] });
  assert.deepEqual(cases, []);
});

test('an asynchronous handler sees what the event before it on the same subject has written', async () => {
  const town: { documents?: Awaited<ReturnType<typeof setUp>>['hearerStorage'] } = {};
  const spec = taking(async (event) => {
    const found = await town.documents?.documents(scratch, 0, [event.subject]);
    const document = found?.get(event.subject);
    const sum = Number(document?.body.sum ?? 0) + Number(event.data.n);
    const write = { collection: scratch, generation: 0, key: event.subject, body: { sum } };
    return { intents: [], documents: [{ ...write, expectedVersion: document?.version ?? 0 }] };
  });
  const { clock, tell, hearerStorage, runner, start } = await setUp(spec);
  town.documents = hearerStorage;
  await runner.stop();
  await tell('a', 1, 2, 3);
  await tell('b', 4);
  start();
  await clock.advance(100);
  const sums = await hearerStorage.documents(scratch, 0, ['a', 'b']);
  assert.deepEqual(sums.get('a')?.body, { sum: 6 });
  assert.deepEqual(sums.get('b')?.body, { sum: 4 });
});

test('different subjects are handled at the same time, as many as allowed', async () => {
  let now = 0;
  let most = 0;
  const released: (() => void)[] = [];
  const spec = taking(async (event) => {
    now++;
    most = Math.max(most, now);
    await new Promise<void>((resolve) => released.push(resolve));
    now--;
    return note(event.subject, 1);
  });
  const { clock, tell, noted, start, runner } = await setUp(spec, { concurrency: 3 });
  await runner.stop();
  for (let subject = 0; subject < 8; subject++) await tell(`s${subject}`, 1);
  start();
  for (let turn = 0; turn < 20; turn++) {
    await clock.advance(1);
    released.pop()?.();
  }
  assert.equal(most, 3);
  assert.equal(Object.keys(await noted()).length, 8);
});

test('a subscriber that was overtaken stands by, and takes over again when the other has stopped', async () => {
  const { clock, tell, noted, runner, start } = await setUp();
  await tell('a', 1);
  await clock.advance(100);
  const second = start();
  await tell('a', 2);
  await clock.advance(1_000);
  assert.equal(runner.status().state, 'standby');
  assert.equal(second.status().state, 'running');
  await second.stop();
  await tell('a', 3);
  await clock.advance(30_000);
  assert.equal(runner.status().state, 'running');
  assert.deepEqual(await noted(), { a: [1, 2, 3] });
});

test('a subscription of another epoch of the log halts and says why', async () => {
  const { clock, hearerStorage, runner, start, tell, noted } = await setUp();
  await runner.stop();
  const position = { subscription: 'listening', generation: 0, epoch: 'restored', fence: 1 };
  await hearerStorage.commit({
    id: 'elsewhere',
    at: 0,
    fences: [],
    events: [],
    documents: [],
    idempotency: [],
    positions: [{ ...position, from: undefined, to: [9, 9, 9, 9] }],
  });
  await tell('a', 1);
  const halted = start();
  await clock.advance(1_000);
  assert.equal(halted.status().state, 'halted');
  assert.match(halted.status().reason ?? '', /epoch/);
  assert.deepEqual(await noted(), {});
});
