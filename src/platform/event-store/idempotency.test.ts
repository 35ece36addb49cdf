import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Storage } from '../storage/port.ts';
import { account } from './accounts-harness.ts';
import { intent } from './aggregate.ts';
import { heldStorage } from './faults-harness.ts';
import { IdempotencyConflict, type Work } from './port.ts';
import { recentKeys } from './recent-keys.ts';
import { newStorage, opened } from './store-harness.ts';

const keyed = (amount: number, key: string, bodyHash = 'h'): Work => ({
  intents: [intent(account, 'a', { add: amount })],
  idempotency: { key, bodyHash, answer: { added: amount } },
});

test('a second request with the key gets the first answer, also from a store opened later', async () => {
  const storage = newStorage();
  const first = await opened({ storage });
  assert.ok((await first.store.decide(keyed(5, 'k'))).ok);
  const replay = await first.store.decide(keyed(5, 'k'));
  assert.ok(replay.ok);
  assert.deepEqual([replay.events, replay.replayed], [[], { added: 5 }]);
  await assert.rejects(first.store.decide(keyed(5, 'k', 'other')), IdempotencyConflict);
  await first.store.close();
  await using second = await opened({ storage });
  const later = await second.store.decide(keyed(5, 'k'));
  assert.deepEqual(later.ok && later.replayed, { added: 5 });
  assert.deepEqual(await second.store.answered({ key: 'k', bodyHash: 'h' }), { added: 5 });
  assert.equal(await second.store.answered({ key: 'unknown', bodyHash: 'h' }), undefined);
  await assert.rejects(second.store.answered({ key: 'k', bodyHash: 'other' }), IdempotencyConflict);
  assert.equal((await second.store.load(account, 'a')).version, 1);
});

test('requests with one key that are in flight together are one', async () => {
  const held = heldStorage(newStorage());
  const { store } = await opened({ storage: held.storage });
  const first = store.decide(keyed(5, 'k'));
  const others = [
    store.decide(keyed(5, 'k')),
    store.decide(keyed(5, 'k', 'other')),
    store.answered({ key: 'k', bodyHash: 'h' }),
  ];
  const settled = Promise.allSettled(others);
  const one = await held.next();
  assert.equal(one.batch.events.length, 1);
  held.open();
  await one.pass();
  assert.ok((await first).ok);
  const [same, other, answered] = await settled;
  assert.ok(same?.status === 'fulfilled' && other?.status === 'rejected' && answered?.status === 'fulfilled');
  assert.ok(other.reason instanceof IdempotencyConflict);
  assert.deepEqual(answered.value, { added: 5 });
  assert.equal((await store.load(account, 'a')).version, 1);
  await store.close();
});

test('a rejected request keeps no record: asked again it is decided again', async () => {
  await using shop = await opened();
  const both = await Promise.all([shop.store.decide(keyed(-5, 'k')), shop.store.decide(keyed(-5, 'k'))]);
  assert.deepEqual(
    both.map((decided) => decided.ok),
    [false, false],
  );
  assert.equal(await shop.store.answered({ key: 'k', bodyHash: 'h' }), undefined);
  await shop.store.decide(keyed(9, 'other'));
  const now = await shop.store.decide(keyed(-5, 'k'));
  assert.ok(now.ok && now.replayed === undefined);
});

test('an accepted request that changed nothing keeps its answer', async () => {
  await using shop = await opened();
  await shop.store.decide(keyed(0, 'k'));
  const again = await shop.store.decide(keyed(0, 'k'));
  assert.deepEqual(again.ok && again.replayed, { added: 0 });
});

test('a record that another process has written meanwhile is found', async () => {
  const base = newStorage();
  const held = heldStorage(base);
  const { store } = await opened({ storage: held.storage });
  const mine = store.decide(keyed(5, 'k'));
  const one = await held.next();
  const record = { key: 'k', bodyHash: 'h', answer: 'theirs', at: 1 };
  await base.commit({ ...one.batch, id: 'theirs', events: [], idempotency: [record] });
  held.open();
  await one.pass();
  const decided = await mine;
  assert.deepEqual(decided.ok && decided.replayed, 'theirs');
  assert.equal((await store.load(account, 'a')).version, 0);
  await store.close();
});

test('a key is looked up before the commit when it comes again soon, and found out by the commit when it was forgotten', async () => {
  const storage = newStorage();
  const fates: string[] = [];
  const watched: Storage = {
    ...storage,
    async commit(batch) {
      const result = await storage.commit(batch);
      fates.push(result.fate);
      return result;
    },
  };
  await using first = await opened({ storage: watched });
  for (let time = 0; time < 2; time++) await first.store.decide(keyed(5, 'k'));
  assert.deepEqual(fates, ['done']);
  await first.store.close();
  await using later = await opened({ storage: watched });
  const [again, neighbour] = await Promise.all([
    later.store.decide(keyed(5, 'k')),
    later.store.decide({ intents: [intent(account, 'b', { add: 1 })] }),
  ]);
  assert.deepEqual(fates, ['done', 'conflict', 'done']);
  assert.deepEqual(again.ok && again.replayed, { added: 5 });
  assert.ok(neighbour.ok);
  assert.equal((await later.store.load(account, 'a')).version, 1);
});

test('only so many keys are remembered', () => {
  const recent = recentKeys(2);
  assert.deepEqual(
    ['a', 'b', 'a', 'c', 'b', 'a'].map((key) => recent.isNew(key)),
    [true, true, false, true, false, true],
  );
});
