import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { virtualClock } from '../clock/virtual.ts';
import type { StoredEvent } from '../storage/port.ts';
import { account } from './accounts-harness.ts';
import { intent } from './aggregate.ts';
import { heldStorage } from './faults-harness.ts';
import { ConflictFault, RefusedFault, StaleSubscriptionFault, UnavailableFault, type Work } from './port.ts';
import { newStorage, opened, plainDocuments } from './store-harness.ts';

const add = (id: string, amount: number, by?: string): Work => ({
  intents: [intent(account, id, by === undefined ? { add: amount } : { add: amount, by })],
});
const document = (key: string, value: number, expectedVersion?: number) => ({
  collection: plainDocuments,
  generation: 0,
  key,
  body: { value },
  ...(expectedVersion === undefined ? {} : { expectedVersion }),
});

/** Whether the promise has settled after whatever can happen by itself has happened. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 10; turn++) await setImmediate();
  return settled;
}

test('what arrives together is committed together, and what arrives meanwhile is decided on it and follows', async () => {
  const held = heldStorage(newStorage());
  const { store } = await opened({ storage: held.storage });
  const first = [store.decide(add('a', 5)), store.decide(add('b', 1)), store.decide(add('a', 2))];
  const one = await held.next();
  assert.equal(one.batch.events.length, 3);
  const second = [store.decide(add('a', -7)), store.decide(add('a', -1))];
  assert.equal(await isSettled(Promise.any([...first, ...second])), false);
  assert.equal(held.waiting(), 0, 'only one commit is in flight');
  await one.pass();
  await Promise.all(first);
  const two = await held.next();
  assert.deepEqual(
    two.batch.events.map(({ version, data }) => [version, data.amount]),
    [[3, -7]],
  );
  assert.equal(await isSettled(Promise.any(second)), false, 'the rejection rests on the commit in flight');
  await two.pass();
  assert.deepEqual(
    (await Promise.all(second)).map((decided) => (decided.ok ? 'ok' : decided.rejection.extra)),
    ['ok', { balance: 0 }],
  );
  held.open();
  await store.close();
});

test('an answer that rests on nothing uncommitted does not wait', async () => {
  const held = heldStorage(newStorage());
  const { store } = await opened({ storage: held.storage });
  const writing = store.decide(add('a', 5));
  const one = await held.next();
  const rejected = await store.decide(add('b', -1));
  assert.equal(rejected.ok, false);
  const nothing = store.decide(add('a', 0));
  assert.equal(await isSettled(nothing), false);
  await one.pass();
  const [written, unchanged] = await Promise.all([writing, nothing]);
  assert.ok(written.ok && unchanged.ok);
  assert.deepEqual(unchanged.events, []);
  assert.deepEqual(unchanged.positions, written.positions);
  held.open();
  await store.close();
});

test('when a commit fails, what was decided on it is decided again and nothing of it was told', async () => {
  const base = newStorage();
  const held = heldStorage(base);
  const { store } = await opened({ storage: held.storage });
  const lost = store.decide(add('a', 5));
  const one = await held.next();
  const spending = store.decide(add('a', -3));
  const rejected = store.decide(add('a', -9));
  assert.equal(await isSettled(Promise.any([spending, rejected])), false);
  one.answer({ fate: 'unavailable', cause: new Error('disk full') });
  await assert.rejects(lost, UnavailableFault);
  const again = await spending;
  assert.ok(!again.ok);
  assert.deepEqual(again.rejection.extra, { balance: 0 }, 'the five were never there');
  const alsoAgain = await rejected;
  assert.ok(!alsoAgain.ok);
  assert.deepEqual(alsoAgain.rejection.extra, { balance: 0 });
  assert.deepEqual(await base.heads(), [0, 0, 0, 0]);
  held.open();
  await store.close();
});

test('a work is all or nothing, and later intents see earlier ones', async () => {
  await using shop = await opened();
  const both = [intent(account, 'a', { add: 2 }), intent(account, 'a', { add: -2 })];
  const decided = await shop.store.decide({ intents: both });
  assert.ok(decided.ok);
  assert.deepEqual(
    decided.events.map((event) => event.version),
    [1, 2],
  );
  const vetoed = await shop.store.decide({
    intents: [intent(account, 'a', { add: 9 }), intent(account, 'b', { add: -1 })],
  });
  assert.ok(!vetoed.ok);
  assert.equal(vetoed.index, 1);
  assert.deepEqual(await shop.store.load(account, 'a'), { state: { balance: 0, seen: [] }, version: 2 });
  const skipping: Work = {
    intents: [intent(account, 'a', { add: 9 }), intent(account, 'b', { add: -1 }), intent(account, 'c', { add: 1 })],
    whenRejected: 'skip',
  };
  const skipped = await shop.store.decide(skipping);
  assert.ok(skipped.ok);
  assert.equal(skipped.events.length, 2);
  assert.deepEqual(
    skipped.skipped.map(({ index, rejection }) => [index, rejection.code]),
    [[1, 'below_zero']],
  );
});

test('64 writers on one stream lose nothing and share commits', async () => {
  let groups = 0;
  const base = newStorage();
  const slow = {
    ...base,
    commit: async (batch: Parameters<typeof base.commit>[0]) => {
      await setImmediate();
      return base.commit(batch);
    },
  };
  await using shop = await opened({
    storage: slow,
    groupCommitted: () => {
      groups++;
    },
  });
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      for (let n = 0; n < 20; n++) assert.ok((await shop.store.decide(add('hot', 1))).ok);
    }),
  );
  assert.deepEqual(await shop.store.load(account, 'hot'), { state: { balance: 1_280, seen: [] }, version: 1_280 });
  assert.ok(groups < 200, `${groups} commits for 1,280 works`);
});

test('listeners hear each commit in order, callbacks come before the answer, and neither can harm the writer', async () => {
  await using shop = await opened();
  const heard: StoredEvent[] = [];
  const order: string[] = [];
  shop.store.onCommitted(() => {
    throw new Error('a listener with a bug');
  });
  const stop = shop.store.onCommitted((events, heads) => {
    heard.push(...events);
    for (const { partition, position } of events) assert.ok(position <= (heads[partition] ?? 0));
  });
  const committed = () => {
    order.push('committed');
    throw new Error('a callback with a bug');
  };
  await shop.store.decide({ ...add('a', 1), committed }).then(() => order.push('answered'));
  await Promise.all(['a', 'b', 'c', 'a'].map((id) => shop.store.decide(add(id, 1))));
  assert.deepEqual(order, ['committed', 'answered']);
  assert.deepEqual(
    [...heard].sort((a, b) => a.partition - b.partition || a.position - b.position),
    await shop.storage.readFeed([], 100),
  );
  stop();
  await shop.store.decide(add('a', 1));
  assert.equal(heard.length, 5);
});

test('one work that the storage will never take fails alone', async () => {
  await using shop = await opened();
  const works = Array.from({ length: 20 }, (_, n): Work => {
    return n === 13 ? { intents: [intent(account, 'a', { note: 'NUL \0' })] } : add('a', 1);
  });
  const answers = await Promise.allSettled(works.map((work) => shop.store.decide(work)));
  answers.forEach((answer, n) => {
    assert.equal(answer.status, n === 13 ? 'rejected' : 'fulfilled');
    if (answer.status === 'rejected') assert.ok(answer.reason instanceof RefusedFault);
  });
  assert.deepEqual(await shop.store.load(account, 'a'), { state: { balance: 19, seen: [] }, version: 19 });
  await assert.rejects(shop.store.decide(add('NUL \0', 1)), RefusedFault);
  await assert.rejects(shop.store.load(account, 'lone \ud800'), RefusedFault);
});

test('a bug in the rules fails its own work', async () => {
  await using shop = await opened();
  const exploding = shop.store.decide({
    intents: [intent(account, 'a', { add: 5 }), intent(account, 'a', { explode: true })],
  });
  const fine = shop.store.decide(add('a', 1));
  await assert.rejects(exploding, /the rules have a bug/);
  assert.ok((await fine).ok);
  assert.deepEqual((await shop.store.load(account, 'a')).version, 1);
});

test('documents: the later write wins, a compare-and-set fails its own work alone', async () => {
  await using shop = await opened();
  const { store, storage } = shop;
  await Promise.all([1, 2, 3].map((value) => store.decide({ intents: [], documents: [document('x', value)] })));
  const read = async (key: string) => (await storage.documents(plainDocuments, 0, [key])).get(key);
  assert.deepEqual((await read('x'))?.body, { value: 3 });
  const answers = await Promise.allSettled([
    store.decide({ ...add('a', 1), documents: [document('y', 1, 0)] }),
    store.decide({ ...add('a', 1), documents: [document('y', 2, 0)] }),
    store.decide({ ...add('a', 1), documents: [document('y', 3, 1)] }),
    store.decide({ ...add('a', 1), documents: [document('z', 4, 7)] }),
    store.decide(add('a', 1)),
  ]);
  assert.deepEqual(
    answers.map((answer) => (answer.status === 'fulfilled' ? 'ok' : answer.reason.constructor)),
    ['ok', ConflictFault, 'ok', ConflictFault, 'ok'],
  );
  assert.deepEqual(await read('y'), { key: 'y', version: 2, body: { value: 3 } });
  assert.equal(await read('z'), undefined);
  assert.equal((await store.load(account, 'a')).version, 3);
});

test('a position advances with its effects, and a stale one fails its own work alone', async () => {
  await using shop = await opened();
  const { store, storage } = shop;
  const step = (from: readonly number[] | undefined, to: readonly number[]) => ({
    ...add('a', 1),
    position: { subscription: 'sub', generation: 0, epoch: 'e', fence: 1, from, to },
  });
  const answers = await Promise.allSettled([
    store.decide(step(undefined, [1])),
    store.decide(step([1], [2])),
    store.decide(step([1], [3])),
    store.decide(add('a', 1)),
  ]);
  assert.deepEqual(
    answers.map((answer) => (answer.status === 'fulfilled' ? 'ok' : answer.reason.constructor)),
    ['ok', 'ok', StaleSubscriptionFault, 'ok'],
  );
  assert.deepEqual((await storage.positions('sub', 0))?.positions, [2]);
  assert.equal((await store.load(account, 'a')).version, 3);
});

test('another writer’s version makes the store read and decide again', async () => {
  const base = newStorage();
  const held = heldStorage(base);
  const { store } = await opened({ storage: held.storage });
  const first = store.decide(add('a', 5));
  await (await held.next()).pass();
  await first;
  const spending = store.decide(add('a', -5));
  const mine = await held.next();
  const theirs = {
    ...mine.batch,
    id: 'theirs',
    events: mine.batch.events.map((event) => ({ ...event, data: { amount: -1, by: '' } })),
  };
  assert.equal((await base.commit(theirs)).fate, 'done');
  held.open();
  await mine.pass();
  const decided = await spending;
  assert.ok(!decided.ok);
  assert.deepEqual(decided.rejection.extra, { balance: 4 });
  assert.ok((await store.decide(add('a', -4))).ok);
  await store.close();
});

test('a fresh id is not looked up, and one that was not fresh after all is', async () => {
  const base = newStorage();
  let reads = 0;
  const storage = {
    ...base,
    readStreams: (wanted: Parameters<typeof base.readStreams>[0]) => {
      reads++;
      return base.readStreams(wanted);
    },
  };
  const first = await opened({ storage });
  await first.store.decide({ intents: [intent(account, 'new', { add: 1 }, { fresh: true })] });
  assert.equal(reads, 0);
  await first.store.close();
  await using second = await opened({ storage });
  await second.store.decide({ intents: [intent(account, 'new', { add: 1 }, { fresh: true })] });
  assert.equal(reads, 1);
  assert.equal((await second.store.load(account, 'new')).version, 2);
});

test('a full queue refuses instead of growing, and nobody waits for an unknown fate without end', async () => {
  const clock = virtualClock();
  const base = newStorage(clock);
  let reachable = true;
  const held = heldStorage(base);
  const storage = {
    ...held.storage,
    settle: (...args: Parameters<typeof base.settle>) =>
      reachable ? base.settle(...args) : Promise.reject(new Error('out of reach')),
  };
  const { store } = await opened({ storage, clock, limits: { queuedWorks: 3, unknownFateMs: 1_000 } });
  reachable = false;
  const flying = store.decide(add('a', 1));
  const one = await held.next();
  const waiting = [store.decide(add('a', 2)), store.decide(add('b', 3))];
  await assert.rejects(store.decide(add('c', 1)), /too many/);
  await base.commit(one.batch);
  one.answer({ fate: 'unknown', cause: new Error('the connection died') });
  assert.equal(await isSettled(Promise.any([flying, ...waiting])), false);
  const outcomes = Promise.allSettled([flying, ...waiting]);
  await clock.advance(1_500);
  for (const [index, outcome] of (await outcomes).entries()) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof UnavailableFault);
    assert.match(outcome.reason.message, index === 0 ? /may or may not/ : /nothing was written/);
  }
  await assert.rejects(store.decide(add('a', 9)), UnavailableFault);
  reachable = true;
  held.open();
  await clock.advance(5_000);
  assert.deepEqual(await clock.runUntil(store.load(account, 'a')), { state: { balance: 1, seen: [] }, version: 1 });
  assert.deepEqual(
    (await clock.runUntil(store.load(account, 'b'))).version,
    0,
    'what was answered is not decided later',
  );
  assert.ok((await clock.runUntil(store.decide(add('a', -1)))).ok);
  await clock.runUntil(store.close());
});

test('closing finishes what was taken and takes nothing more', async () => {
  const shop = await opened();
  const taken = Array.from({ length: 10 }, () => shop.store.decide(add('a', 1)));
  const closed = shop.store.close();
  await assert.rejects(shop.store.decide(add('a', 1)), /closing/);
  await closed;
  assert.ok((await Promise.all(taken)).every((decided) => decided.ok));
  assert.equal((await shop.storage.acquire('another', 1_000)).length, 4, 'the partitions are free at once');
});
