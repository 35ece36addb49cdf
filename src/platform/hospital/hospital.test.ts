import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import type { SubscriptionSpec } from '../subscriptions/port.ts';
import { runSubscription } from '../subscriptions/runner.ts';
import { treatmentOf } from '../subscriptions/treatment.ts';
import { note, twoServices } from '../subscriptions/two-services-spec.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { openHospital } from './hospital.ts';
import type { Case, MessageCase } from './port.ts';
import { openWard } from './ward.ts';

/** A subscription that cannot handle the numbers in `ill`, and its hospital. */
async function setUp() {
  const clock = virtualClock();
  const random = seededRandom(11);
  const town = await twoServices(clock, random);
  const store = await town.openHearer();
  const bus = town.openBus();
  const ill = new Set<number>();
  const cases: Case[] = [];
  let handled = 0;
  const spec: SubscriptionSpec = {
    name: 'listening',
    source: 'teller',
    on: {
      async Said(event) {
        handled++;
        if (ill.has(Number(event.data.n))) throw new Error(`cannot take ${event.data.n}`);
        return note(event.subject, Number(event.data.n));
      },
    },
  };
  const onAdmitted = (opened: Case) => void cases.push(opened);
  const runner = runSubscription(spec, {
    service: 'hearer',
    bus,
    store,
    storage: town.hearerStorage,
    ward: openWard(town.hearerStorage, spec.name),
    clock,
    random,
    logger: silentLogger,
    onAdmitted,
  });
  const treatment = treatmentOf(spec, { store, clock, events: { Said: { version: 1 } } });
  const open = () =>
    openHospital({
      store,
      storage: town.hearerStorage,
      actions: {},
      treatments: (name) => (name === spec.name ? treatment : undefined),
      clock,
      random,
      logger: silentLogger,
      onAdmitted,
    });
  const hospital = open();
  const admitted = async (subject: string, ...numbers: number[]) => {
    await town.tell(subject, ...numbers);
    await clock.advance(30_000);
    const [first] = await hospital.list({ status: 'open', limit: 10 });
    assert.ok(first !== undefined);
    return first as MessageCase;
  };
  return { ...town, clock, ill, cases, hospital, runner, open, admitted, store, handled: () => handled };
}

const kim = { by: 'kim' };
const lee = { by: 'lee' };

const acts = ({ audit }: Case) => audit.map(({ act, by }) => [act, by]);

test('retry cures the case, and what waited behind it follows in order', async () => {
  const { clock, ill, hospital, admitted, noted, tell, runner } = await setUp();
  ill.add(2);
  const opened = await admitted('a', 1, 2, 3, 4);
  assert.deepEqual(await noted(), { a: [1] });
  const shown = await hospital.show(opened.id);
  assert.ok(shown.kind === 'done');
  assert.equal(shown.answer.case.waiting, 2);
  assert.deepEqual(
    shown.answer.waiting.map(({ data }) => data.n),
    [3, 4],
  );
  ill.clear();
  const cured = await clock.runUntil(hospital.retry(opened.id, kim));
  assert.ok(cured.kind === 'done');
  assert.deepEqual([cured.answer.status, cured.answer.settledBy, cured.answer.waiting], ['closed', 'retry', 0]);
  assert.deepEqual(acts(cured.answer), [
    ['admitted', 'platform'],
    ['retried', 'kim'],
    ['closed', 'platform'],
  ]);
  await tell('a', 5);
  await clock.advance(1_000);
  assert.deepEqual(await noted(), { a: [1, 2, 3, 4, 5] });
  assert.equal(runner.status().openCases, 0);
});

test('a retry that fails keeps the case open and says why', async () => {
  const { clock, ill, hospital, admitted, noted } = await setUp();
  ill.add(1);
  const opened = await admitted('a', 1, 2);
  const failed = await clock.runUntil(hospital.retry(opened.id, kim));
  assert.ok(failed.kind === 'done');
  assert.deepEqual([failed.answer.status, failed.answer.failure.attempts], ['open', 6]);
  assert.equal(failed.answer.audit.at(-1)?.note, 'Error: cannot take 1');
  assert.deepEqual(await noted(), {});
});

test('acting twice, even at the same time, changes nothing; a closed case says so', async () => {
  const { clock, ill, hospital, admitted, noted } = await setUp();
  ill.add(1);
  const opened = await admitted('a', 1, 2);
  ill.clear();
  const both = [hospital.retry(opened.id, kim), hospital.retry(opened.id, lee)];
  for (const { kind } of await clock.runUntil(Promise.all(both))) assert.equal(kind, 'done');
  assert.deepEqual(await noted(), { a: [1, 2] });
  for (const act of [hospital.retry, hospital.discharge, hospital.dryRun]) {
    const again = await act(opened.id, kim);
    assert.ok(again.kind === 'rejected');
    assert.equal(again.rejection.code, 'case_closed');
  }
  const edited = await hospital.edit(opened.id, kim, { n: 7 });
  assert.ok(edited.kind === 'rejected' && edited.rejection.code === 'case_closed');
  const unknown = await hospital.retry('nothing', kim);
  assert.ok(unknown.kind === 'rejected' && unknown.rejection.code === 'unknown_case');
  assert.deepEqual(await noted(), { a: [1, 2] });
});

test('discharge gives the event up, and the parked ones go on', async () => {
  const { clock, ill, hospital, admitted, noted } = await setUp();
  ill.add(1);
  const opened = await admitted('a', 1, 2, 3);
  const gone = await clock.runUntil(hospital.discharge(opened.id, { by: 'kim', why: 'a test order' }));
  assert.ok(gone.kind === 'done');
  assert.deepEqual([gone.answer.status, gone.answer.settledBy], ['closed', 'discharge']);
  assert.deepEqual(
    gone.answer.audit.map(({ act, note }) => [act, note]),
    [
      ['admitted', 'Error: cannot take 1'],
      ['discharged', 'a test order'],
      ['closed', undefined],
    ],
  );
  assert.deepEqual(await noted(), { a: [2, 3] });
});

test('a parked event that fails becomes a case of its own, and the rest waits behind that', async () => {
  const { clock, ill, hospital, admitted, noted, cases, tell } = await setUp();
  ill.add(1).add(3);
  const first = await admitted('a', 1, 2, 3, 4);
  await clock.runUntil(hospital.discharge(first.id, kim));
  const [second] = await hospital.list({ status: 'open', limit: 10 });
  assert.ok(second !== undefined);
  assert.deepEqual([(second as MessageCase).event.data.n, second.waiting, second.failure.attempts], [3, 1, 5]);
  assert.deepEqual(
    cases.map(({ id }) => id),
    [first.id, second.id],
  );
  await tell('a', 5);
  await clock.advance(1_000);
  assert.deepEqual(await noted(), { a: [2] });
  ill.clear();
  await clock.runUntil(hospital.retry(second.id, kim));
  await clock.advance(1_000);
  assert.deepEqual(await noted(), { a: [2, 3, 4, 5] });
});

test('edited data is what the next retry handles; a dry run tells what would happen and writes nothing of it', async () => {
  const { clock, hospital, admitted, noted } = await setUp();
  const opened = await admitted('a', -5, 2);
  assert.deepEqual([opened.failure.kind, opened.failure.code], ['rejected', 'negative']);
  const dry = await hospital.dryRun(opened.id, kim);
  assert.ok(dry.kind === 'done');
  assert.deepEqual([dry.answer.wouldSucceed, dry.answer.failure?.code], [false, 'negative']);
  await hospital.edit(opened.id, kim, { n: 5 });
  await hospital.edit(opened.id, kim, { n: 5 });
  const better = await hospital.dryRun(opened.id, kim);
  assert.ok(better.kind === 'done');
  assert.deepEqual(better.answer, {
    wouldSucceed: true,
    intents: [{ stream: 'notes/a', events: ['Noted'] }],
    documents: [],
    verdict: 'would_succeed',
    outward: [],
    said: 'It would append Noted to notes/a.',
  });
  assert.deepEqual(await noted(), {});
  const cured = await clock.runUntil(hospital.retry(opened.id, kim));
  assert.ok(cured.kind === 'done');
  assert.deepEqual(
    acts(cured.answer).map(([act]) => act),
    ['admitted', 'dry_run', 'edited', 'dry_run', 'retried', 'closed'],
  );
  assert.deepEqual((cured.answer as MessageCase).event.data, { n: -5 });
  assert.deepEqual(await noted(), { a: [5, 2] });
});

test('a drain that a crash interrupted is taken up by the next process', async () => {
  const { clock, ill, hospital, admitted, noted, open, hearerStorage } = await setUp();
  ill.add(1);
  const opened = await admitted('a', 1, 2, 3);
  await hospital.close();
  void hospital.discharge(opened.id, kim);
  await clock.advance(1_000);
  const shown = await hospital.show(opened.id);
  assert.ok(shown.kind === 'done' && shown.answer.case.status === 'draining');
  const ward = openWard(hearerStorage, 'listening');
  await ward.reload();
  assert.ok(ward.holds('a'));
  open();
  await clock.advance(10_000);
  assert.deepEqual(await noted(), { a: [2, 3] });
});

test('events that arrive while a case drains keep their order', async () => {
  const { clock, ill, hospital, admitted, noted, tell } = await setUp();
  ill.add(1);
  const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
  const opened = await admitted('a', ...numbers);
  const drained = hospital.discharge(opened.id, kim);
  for (let n = 21; n <= 60; n++) await tell('a', n);
  await clock.runUntil(drained);
  await clock.advance(60_000);
  assert.deepEqual(
    (await noted()).a,
    Array.from({ length: 59 }, (_, index) => index + 2),
  );
  assert.deepEqual(await hospital.list({ status: 'open', limit: 10 }), []);
});

test('an event that is parked while its case is about to close is not left behind', async () => {
  const { clock, ill, hospital, admitted, noted, tell, hearerStorage } = await setUp();
  ill.add(1);
  const opened = await admitted('a', 1, 2);
  const { query } = hearerStorage;
  let interfered = false;
  hearerStorage.query = async (asked) => {
    const found = await query(asked);
    if (interfered || asked.collection.name !== 'hospital_waiting' || found.length > 0) return found;
    interfered = true;
    await tell('a', 3);
    for (let turn = 0; turn < 1_000 && (await query(asked)).length === 0; turn++) await setImmediate();
    assert.equal((await query(asked)).length, 1, 'the event was not parked');
    return found;
  };
  await clock.runUntil(hospital.discharge(opened.id, kim));
  await clock.advance(1_000);
  await tell('a', 4);
  await clock.advance(1_000);
  assert.ok(interfered);
  assert.deepEqual(await noted(), { a: [2, 3, 4] });
});

test('lists are by age, by status and by subscription, page by page', async () => {
  const { ill, hospital, admitted } = await setUp();
  ill.add(1);
  for (const subject of ['a', 'b', 'c']) await admitted(subject, 1);
  const all = await hospital.list({ limit: 10 });
  assert.deepEqual(
    all.map(({ subject }) => subject),
    ['a', 'b', 'c'],
  );
  const [first] = await hospital.list({ subscription: 'listening', status: 'open', limit: 1 });
  assert.ok(first !== undefined);
  const rest = await hospital.list({ status: 'open', limit: 5, after: first });
  assert.deepEqual(
    rest.map(({ subject }) => subject),
    ['b', 'c'],
  );
  assert.deepEqual(await hospital.list({ subscription: 'another', limit: 5 }), []);
});

test('a service reports a case itself: once by its key, and nobody retries what has no action', async () => {
  const { clock, hospital } = await setUp();
  const difference = { kind: 'difference', key: 'day-1/p7', subject: 'p7', detail: 'The books differ by 5.' };
  const both = await Promise.all([hospital.admit(difference), hospital.admit(difference)]);
  const again = await hospital.admit({ ...difference, detail: 'The same once more.' });
  assert.deepEqual([...new Set([...both, again].map(({ id }) => id))], ['difference-day-1/p7']);
  assert.equal(again.failure.detail, 'The books differ by 5.');
  for (const act of [hospital.retry, hospital.dryRun]) {
    const refused = await act(again.id, kim);
    assert.ok(refused.kind === 'rejected' && refused.rejection.code === 'nothing_to_retry');
  }
  const gone = await clock.runUntil(hospital.discharge(again.id, { by: 'kim', why: 'written off' }));
  assert.ok(gone.kind === 'done' && gone.answer.status === 'closed');
  assert.equal((await hospital.admit(difference)).status, 'closed');
  await assert.rejects(hospital.admit({ ...difference, key: 'a b' }), RangeError);
});
