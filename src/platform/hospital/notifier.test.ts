import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { openEventStore } from '../event-store/open.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/port.ts';
import { hearerCollections, notes, unreliable } from '../subscriptions/two-services-spec.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { openHospital } from './hospital.ts';
import { ageAt, type Notice, type NoticeChannel, stepAt, USUAL_SCHEDULE } from './notice-port.ts';
import { openNotifier } from './notifier.ts';
import { newDirectCase, writeCase } from './records.ts';

/** Two minutes stand for an hour of the usual schedule: a virtual hour is made of thousands of timers. */
const UNIT = 120_000;
const HOUR = 3_600_000;
const schedule = { afterMs: [0, UNIT, 4 * UNIT, 24 * UNIT], everyMs: 24 * UNIT };
const report = { kind: 'difference', key: 'd1', subject: 'p1', detail: 'It differs.' };
const kim = { by: 'kim', why: 'looked at' };

/** A receiver that takes notices, or not. */
function receiver(name: string, fromStep = 0) {
  const taken: { readonly id: string; readonly units: number; readonly escalated: boolean }[] = [];
  let refusals = 0;
  const channel: NoticeChannel = {
    ...{ name, to: `${name}@test`, fromStep },
    async send({ id, at, escalated, case: { openedAt } }: Notice) {
      if (refusals > 0) {
        refusals--;
        throw new Error('not now');
      }
      taken.push({ id, units: Math.floor((at - openedAt) / UNIT), escalated });
    },
  };
  return { channel, taken, refuse: (times: number) => (refusals = times) };
}

async function setUp() {
  const clock = virtualClock();
  const random = seededRandom(5);
  const storage = memoryStorage({ name: 'hearer', clock, collections: hearerCollections });
  /** A process of the service; what is opened later finds what the one before has left. */
  const open = async (channels: readonly NoticeChannel[], over: Storage = storage) => {
    const common = { clock, random, logger: silentLogger };
    const store = await openEventStore({ storage: over, aggregates: [notes], owner: 'one', ...common });
    const watch = { schedule, escalateFrom: 3, service: 'books', team: 'money', store, storage: over };
    const notifier = openNotifier({ ...watch, channels, ...common });
    const onAdmitted = notifier.nudge;
    const treatments = () => undefined;
    const hospital = openHospital({ store, storage: over, treatments, actions: {}, onAdmitted, ...common });
    return { store, hospital, notifier };
  };
  return { clock, random, storage, open };
}

test('the schedule: at once, after 1, 4 and 24 hours, then daily', () => {
  const hours = [0, 1, 2, 3, 4, 5].map((step) => ageAt(USUAL_SCHEDULE, step) / HOUR);
  assert.deepEqual(hours, [0, 1, 4, 24, 48, 72]);
  for (const [age, step] of [
    [0, 0],
    [HOUR - 1, 0],
    [HOUR, 1],
    [5 * HOUR, 2],
    [100 * HOUR, 6],
  ] as const)
    assert.equal(stepAt(USUAL_SCHEDULE, age), step);
});

test('the team is told at once and as the case ages, somebody else when it has waited too long, and nobody once it is settled', async () => {
  const { clock, open } = await setUp();
  const [mail, boss] = [receiver('mail'), receiver('escalation', 3)];
  const { hospital, notifier } = await open([mail.channel, boss.channel]);
  notifier.start();
  const { id } = await hospital.admit(report);
  await clock.advance(50 * UNIT);
  assert.deepEqual(mail.taken, [
    { id: `books.${id}.0.mail`, units: 0, escalated: false },
    { id: `books.${id}.1.mail`, units: 1, escalated: false },
    { id: `books.${id}.2.mail`, units: 4, escalated: false },
    { id: `books.${id}.3.mail`, units: 24, escalated: true },
    { id: `books.${id}.4.mail`, units: 48, escalated: true },
  ]);
  assert.deepEqual(
    boss.taken.map(({ units }) => units),
    [24, 48],
  );
  const shown = await hospital.show(id);
  assert.ok(shown.kind === 'done' && shown.answer.notices.length === 7);
  assert.equal(shown.answer.nextNoticeAt, shown.answer.case.openedAt + 72 * UNIT);
  await clock.runUntil(hospital.discharge(id, kim));
  await clock.advance(60 * UNIT);
  assert.equal(mail.taken.length, 5);
  const gone = await hospital.show(id);
  assert.ok(gone.kind === 'done' && gone.answer.nextNoticeAt === undefined);
  await notifier.close();
});

test('a channel that does not take a notice is asked again, the others are not told twice', async () => {
  const { clock, open } = await setUp();
  const [mail, hook] = [receiver('mail'), receiver('webhook')];
  const { hospital, notifier } = await open([mail.channel, hook.channel]);
  hook.refuse(2);
  notifier.start();
  const { id } = await hospital.admit(report);
  await clock.advance(50_000);
  assert.equal(mail.taken.length, 1);
  assert.deepEqual(
    hook.taken.map((each) => each.id),
    [`books.${id}.0.webhook`],
  );
  assert.deepEqual(notifier.counts().get('webhook'), { sent: 1, failed: 2 });
  const shown = await hospital.show(id);
  assert.ok(shown.kind === 'done');
  assert.deepEqual(
    shown.answer.notices.filter(({ channel }) => channel === 'webhook').map(({ ok }) => ok),
    [false, false, true],
  );
  // One that stays away for long misses the notices that newer ones have overtaken, and gets the newest.
  hook.refuse(1_000);
  await clock.advance(6 * UNIT);
  hook.refuse(0);
  await clock.advance(18 * UNIT);
  assert.deepEqual(
    hook.taken.map((each) => each.id),
    [0, 2, 3].map((step) => `books.${id}.${step}.webhook`),
  );
  await notifier.close();
});

test('a crash between admission and notice loses no notice', async () => {
  const { clock, open } = await setUp();
  const mail = receiver('mail');
  const before = await open([mail.channel]);
  const { id } = await before.hospital.admit(report);
  await clock.advance(2 * UNIT);
  assert.equal(mail.taken.length, 0);
  const { notifier } = await open([mail.channel]);
  notifier.start();
  await clock.advance(60_000);
  assert.deepEqual(
    mail.taken.map((each) => each.id),
    [`books.${id}.1.mail`],
  );
  await notifier.close();
});

test('a crash between the sending and its record tells again, with the same id', async () => {
  const { clock, random, storage, open } = await setUp();
  const dying = unreliable(storage, random, 0);
  const mail = receiver('mail');
  const killing: NoticeChannel = {
    ...mail.channel,
    async send(notice) {
      await mail.channel.send(notice);
      dying.kill();
    },
  };
  const first = await open([killing], dying);
  first.notifier.start();
  const { id } = await first.hospital.admit(report);
  await clock.advance(31_000);
  assert.equal(mail.taken.length, 1);
  const second = await open([mail.channel]);
  second.notifier.start();
  await clock.advance(80_000);
  assert.deepEqual(
    mail.taken.map((each) => each.id),
    [`books.${id}.0.mail`, `books.${id}.0.mail`],
  );
  await Promise.all([first.notifier.close(), second.notifier.close()]);
});

test('two processes tell once', async () => {
  const { clock, open } = await setUp();
  const mail = receiver('mail');
  const [one, two] = [await open([mail.channel]), await open([mail.channel])];
  one.notifier.start();
  two.notifier.start();
  for (const key of ['d1', 'd2', 'd3']) await one.hospital.admit({ ...report, key });
  await clock.advance(100_000);
  assert.deepEqual(
    mail.taken.map(({ id }) => id).sort(),
    [1, 2, 3].map((n) => `books.difference-d${n}.0.mail`),
  );
  await Promise.all([one.notifier.close(), two.notifier.close()]);
});

test('a case that an older version of the program opened is told of as well', async () => {
  const { clock, open } = await setUp();
  const mail = receiver('mail');
  const { store, notifier } = await open([mail.channel]);
  await store.decide({ intents: [], documents: [writeCase(newDirectCase(report, clock.now()))] });
  notifier.start();
  await clock.advance(1_000);
  assert.equal(mail.taken.length, 1);
  await notifier.close();
});
