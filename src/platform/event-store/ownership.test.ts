import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { type VirtualClock, virtualClock } from '../clock/virtual.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { account } from './accounts-harness.ts';
import { intent } from './aggregate.ts';
import { faultyStorage, HARMLESS } from './faults-harness.ts';
import { type EventStore, UnavailableFault } from './port.ts';
import { newStorage, opened, plainDocuments } from './store-harness.ts';

const LEASE_MS = 1_000;
const add = (amount: number) => ({ intents: [intent(account, 'a', { add: amount })] });

/** Two processes on one storage: the left one owns everything and can be paused, the right one waits. */
async function twoProcesses(clock: VirtualClock) {
  const base = newStorage(clock);
  const left = faultyStorage(base, { clock, random: seededRandom(1), chances: HARMLESS, mostDelayMs: 0 });
  const { store } = await clock.runUntil(opened({ storage: left.storage, clock, owner: 'left', leaseMs: LEASE_MS }));
  const lines: string[] = [];
  const logger = { ...silentLogger, info: (_: object, message: string) => void lines.push(message) };
  const right = opened({ storage: base, clock, owner: 'right', leaseMs: LEASE_MS, logger });
  return { base, left: store, pauseLeft: left.pause, right, lines };
}

async function settled<Value>(clock: VirtualClock, promise: Promise<Value>): Promise<PromiseSettledResult<Value>> {
  const [outcome] = await clock.runUntil(Promise.allSettled([promise]));
  return outcome;
}

test('a second process waits, says so, and takes over when the first one closes', async () => {
  const clock = virtualClock();
  const { left, right, lines } = await twoProcesses(clock);
  await clock.runUntil(left.decide(add(5)));
  await clock.advance(5 * LEASE_MS);
  assert.deepEqual(lines, ['waiting for another process to give up its partitions']);
  await clock.runUntil(left.close());
  const { store } = await clock.runUntil(right);
  assert.deepEqual(await clock.runUntil(store.load(account, 'a')), { state: { balance: 5, seen: [] }, version: 1 });
  await clock.runUntil(store.close());
});

test('a process that lives keeps its partitions', async () => {
  const clock = virtualClock();
  const { left, right } = await twoProcesses(clock);
  for (let n = 1; n <= 20; n++) {
    await clock.advance(LEASE_MS / 2);
    assert.ok((await clock.runUntil(left.decide(add(1)))).ok);
  }
  await clock.runUntil(left.close());
  await clock.runUntil((await clock.runUntil(right)).store.close());
});

/** The left process has a balance of 5 in memory, is paused, and meanwhile the right one takes over and makes it 100. */
async function takenOver(clock: VirtualClock) {
  const processes = await twoProcesses(clock);
  await clock.runUntil(processes.left.decide(add(5)));
  processes.pauseLeft(5 * LEASE_MS);
  const { store: right } = await clock.runUntil(processes.right);
  assert.ok((await clock.runUntil(right.decide(add(95)))).ok);
  return { ...processes, right };
}

async function closeBoth(clock: VirtualClock, left: EventStore, right: EventStore): Promise<void> {
  await clock.runUntil(Promise.all([left.close(), right.close()]));
}

test('a paused process tells nothing from memory once its lease may have run out', async () => {
  const clock = virtualClock();
  const { left, right } = await takenOver(clock);
  const rejection = await settled(clock, left.decide(add(-50)));
  assert.ok(rejection.status === 'rejected' && rejection.reason instanceof UnavailableFault, 'the 5 are long gone');
  assert.match(rejection.reason.message, /partition \d is owned by another process/);
  const loaded = await settled(clock, left.load(account, 'a'));
  assert.ok(loaded.status === 'fulfilled');
  assert.deepEqual(loaded.value, { state: { balance: 100, seen: [] }, version: 2 });
  await closeBoth(clock, left, right);
});

test('a paused process writes nothing after another one has taken over', async () => {
  const clock = virtualClock();
  const { base, left, right } = await takenOver(clock);
  const late = await settled(clock, left.decide(add(1)));
  assert.ok(late.status === 'rejected' && late.reason instanceof UnavailableFault);
  assert.equal((await base.readStreams([{ stream: 'account/a', afterVersion: 0 }])).get('account/a')?.length, 2);
  await closeBoth(clock, left, right);
});

test('a process that was overtaken writes no documents either, though no event fences them', async () => {
  const clock = virtualClock();
  const { base, left, right } = await takenOver(clock);
  const note = { intents: [], documents: [{ collection: plainDocuments, generation: 0, key: 'n', body: { by: 1 } }] };
  const late = await settled(clock, left.decide(note));
  assert.ok(late.status === 'rejected' && late.reason instanceof UnavailableFault);
  assert.equal((await base.documents(plainDocuments, 0, ['n'])).size, 0);
  await closeBoth(clock, left, right);
});

test('a commit that outlives its process finds a new fence, though the next process bears the same name', async () => {
  const clock = virtualClock();
  const base = newStorage(clock);
  const earlier = await clock.runUntil(opened({ storage: base, clock, owner: 'shop', leaseMs: LEASE_MS }));
  assert.ok((await clock.runUntil(earlier.store.decide(add(5)))).ok);
  const fences = (await base.acquire('shop', LEASE_MS)).map(({ partition, fence }) => ({ partition, fence }));
  const { store } = await clock.runUntil(opened({ storage: base, clock, owner: 'shop', leaseMs: LEASE_MS }));
  assert.deepEqual(await clock.runUntil(store.load(account, 'a')), { state: { balance: 5, seen: [] }, version: 1 });
  const event = { stream: 'account/a', version: 2, type: 'Added', schemaVersion: 1, data: { amount: 1 } };
  const partition = (await base.readFeed([], 1))[0]?.partition ?? -1;
  const late = { events: [{ ...event, partition, metadata: {} }], documents: [], idempotency: [], positions: [] };
  const { fate } = await base.commit({ id: 'late', at: clock.now(), fences, ...late });
  assert.equal(fate, 'conflict');
  await clock.runUntil(store.close());
});

test('a process that gets its partitions back has forgotten what it knew', async () => {
  const clock = virtualClock();
  const { left, right } = await takenOver(clock);
  await clock.advance(6 * LEASE_MS);
  await clock.runUntil(right.close());
  await clock.advance(LEASE_MS);
  const decided = await clock.runUntil(left.decide(add(-50)));
  assert.ok(decided.ok);
  assert.deepEqual(await clock.runUntil(left.load(account, 'a')), { state: { balance: 50, seen: [] }, version: 3 });
  assert.deepEqual(
    decided.positions.reduce((a, b) => a + b),
    3,
  );
  await clock.runUntil(left.close());
});

test('two processes that start together do not wait for each other', async () => {
  const clock = virtualClock();
  const base = newStorage(clock);
  const one = await base.acquire('one', LEASE_MS, 2);
  const two = await base.acquire('two', LEASE_MS, 2);
  assert.deepEqual([one.length, two.length], [2, 2]);
  const opening = ['one', 'two'].map((owner) => opened({ storage: base, clock, owner, leaseMs: LEASE_MS }));
  const first = await clock.runUntil(Promise.race(opening));
  await clock.runUntil(first.store.close());
  const both = await clock.runUntil(Promise.all(opening));
  await clock.runUntil(Promise.all(both.map(({ store }) => store.close())));
});
