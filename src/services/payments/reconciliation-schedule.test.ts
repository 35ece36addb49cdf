import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardProcessor } from '../../contracts/card-processor.ts';
import { done, type Outcome, unknown } from '../../kernel/outcome.ts';
import { localCalls } from '../../platform/calls/local.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { ConflictFault, UnavailableFault, type Work } from '../../platform/event-store/port.ts';
import { admissions } from '../../platform/hospital/admissions.ts';
import { hospitalCollections } from '../../platform/hospital/records.ts';
import { memoryStorage } from '../../platform/storage/memory.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { DAY_MS, dayOf } from './reconcile.ts';
import { type ReconciledDay, reconciledDays, reconciliationFindings } from './reconciliation-records.ts';
import { keepReconciling } from './reconciliation-schedule.ts';

const HOUR_MS = 3_600_000;
const rules = { graceMs: 15 * 60_000, expiryDays: 7 };
const schedule = { afterMs: 2 * HOUR_MS, lookEveryMs: 5 * 60_000 };

/** Two processes of one payments service over one database, and a processor that is asked by both. */
function twoProcesses() {
  const clock = virtualClock(Date.parse('2026-11-21T12:00:00Z'));
  const collections = [...hospitalCollections, reconciledDays, reconciliationFindings];
  const storage = memoryStorage({ name: 'payments', clock, collections });
  const asked: string[] = [];
  const processor = { isDown: false };
  const calls = localCalls(silentLogger);
  calls.serve(cardProcessor, {
    report: async ({ day }: { readonly day: string }): Promise<Outcome<object>> => {
      if (processor.isDown) return unknown('unreachable');
      asked.push(day);
      return done({ lines: [] });
    },
  } as never);
  let commits = 0;
  // The documents of a work, committed as an event store commits them; leases and groups would only turn the clock's timers.
  const decide = async ({ documents = [] }: Work) => {
    const id = `commit-${++commits}`;
    const rest = { fences: [], events: [], idempotency: [], positions: [] };
    const { fate } = await storage.commit({ id, at: clock.now(), documents, ...rest });
    if (fate === 'conflict') throw new ConflictFault('somebody was faster');
    assert.equal(fate, 'done');
  };
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (_fields: object, message: string) => void warnings.push(message) };
  const start = (deciding = decide) => {
    const store = { decide: deciding } as never;
    const hospital = admissions({ store, storage, clock });
    const reading = { ownLog: storage, documents: storage, client: calls.client };
    return keepReconciling({ store, clock, hospital, ...reading, logger }, rules, schedule);
  };
  const dayKept = async (day: string) =>
    (await storage.documents(reconciledDays, 0, [day])).get(day)?.body as ReconciledDay | undefined;
  return { clock, asked, processor, dayKept, warnings, processes: [start(), start()], start };
}

test('each day is compared once, by one process, when it is over and its grace has passed', async () => {
  const { clock, asked, processes, dayKept } = twoProcesses();
  await clock.advance(5 * 60_000);
  assert.deepEqual(asked, ['2026-11-20']);
  await clock.advance(13 * HOUR_MS);
  assert.deepEqual(asked, ['2026-11-20']);
  await clock.advance(HOUR_MS);
  assert.deepEqual(asked, ['2026-11-20', '2026-11-21']);
  assert.equal((await dayKept('2026-11-21'))?.status, 'done');
  await Promise.all(processes.map((stop) => stop()));
});

test('days that nobody compared follow, and a day whose processor was down is tried again', async () => {
  const { clock, asked, processor, processes, start, dayKept } = twoProcesses();
  await clock.advance(5 * 60_000);
  await Promise.all(processes.map((stop) => stop()));
  await clock.advance(3 * DAY_MS);
  const stop = start();
  processor.isDown = true;
  await clock.advance(5 * 60_000);
  assert.equal((await dayKept('2026-11-21'))?.status, 'failed');
  processor.isDown = false;
  await clock.advance(70 * 60_000);
  assert.deepEqual(asked, ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']);
  assert.equal(dayOf(clock.now()), '2026-11-24');
  await stop();
});

test('a process that owns no partition compares nothing, says nothing and goes on', async () => {
  const { clock, asked, warnings, processes, start } = twoProcesses();
  await Promise.all(processes.map((stop) => stop()));
  let ownsSome = false;
  const stop = start(async () => {
    if (!ownsSome) throw new UnavailableFault('this process owns no partition');
  });
  await clock.advance(HOUR_MS);
  assert.deepEqual([asked, warnings], [[], []]);
  ownsSome = true;
  await clock.advance(5 * 60_000);
  assert.deepEqual(asked, ['2026-11-20']);
  await stop();
});
