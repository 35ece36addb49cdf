import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batch } from '../storage/conformance-open.ts';
import type { Storage } from '../storage/port.ts';
import { type Account, account, documentAccount, snapshotAccount } from './accounts-harness.ts';
import { type AnyAggregate, intent } from './aggregate.ts';
import { UnavailableFault } from './port.ts';
import { snapshots } from './snapshots.ts';
import { newStorage, opened } from './store-harness.ts';
import { writtenTypes } from './written.ts';

/** The storage, and how many events it has been asked for. */
function counting(storage: Storage) {
  const counted = { events: 0, calls: 0 };
  const readStreams: Storage['readStreams'] = async (wanted) => {
    const found = await storage.readStreams(wanted);
    counted.calls++;
    for (const events of found.values()) counted.events += events.length;
    return found;
  };
  return { counted, storage: { ...storage, readStreams } };
}

async function fill(storage: Storage, aggregate: AnyAggregate, id: string, events: number): Promise<void> {
  await using shop = await opened({ storage });
  for (let n = 0; n < events; n++) await shop.store.decide({ intents: [intent(aggregate, id, { add: 1 })] });
}

test('a snapshot is written every n events and spares the reading of what is before it', async () => {
  const base = newStorage();
  await fill(base, snapshotAccount, 'a', 25);
  const kept = (await base.documents(snapshots, 0, ['snapshot_account/a'])).get('snapshot_account/a');
  assert.equal(kept?.body.version, 20);
  const { counted, storage } = counting(base);
  await using shop = await opened({ storage });
  assert.deepEqual(await shop.store.load(snapshotAccount, 'a'), { state: { balance: 25, seen: [] }, version: 25 });
  assert.equal(counted.events, 5);
});

test('a large state is kept more rarely', async () => {
  const base = newStorage();
  const policy = snapshotAccount.snapshot;
  assert.ok(policy);
  const large = {
    ...snapshotAccount,
    snapshot: { ...policy, stretch: ({ balance }: Account) => (balance < 25 ? 1 : 4) },
  };
  await using shop = await opened({ storage: base, aggregates: [large] });
  const versions: unknown[] = [];
  for (let events = 1; events <= 85; events++) {
    await shop.store.decide({ intents: [intent(large, 'a', { add: 1 })] });
    const kept = (await base.documents(snapshots, 0, ['snapshot_account/a'])).get('snapshot_account/a')?.body.version;
    if (kept !== versions.at(-1)) versions.push(kept);
  }
  assert.deepEqual(
    versions.filter((version) => version !== undefined),
    [10, 20, 40, 80],
  );
});

test('a snapshot of another fold is discarded', async () => {
  const base = newStorage();
  await fill(base, snapshotAccount, 'a', 12);
  const policy = snapshotAccount.snapshot;
  assert.ok(policy);
  const otherFold = { ...snapshotAccount, snapshot: { ...policy, fold: 2 } };
  const otherEvolve = {
    ...snapshotAccount,
    decider: {
      ...snapshotAccount.decider,
      evolve: (state: typeof snapshotAccount.decider.initial) => ({ ...state, balance: state.balance + 2 }),
    },
  };
  for (const [aggregate, balance] of [
    [otherFold, 12],
    [otherEvolve, 24],
  ] as const) {
    const { counted, storage } = counting(base);
    await using shop = await opened({ storage });
    assert.equal((await shop.store.load(aggregate, 'a')).state.balance, balance);
    assert.equal(counted.events, 12);
  }
});

test('a document aggregate is loaded from its document, which is written with each commit', async () => {
  const base = newStorage();
  const collection = documentAccount.document?.collection ?? snapshots;
  const two = [intent(documentAccount, 'a', { add: 3 }), intent(documentAccount, 'a', { add: 4 })];
  {
    await using shop = await opened({ storage: base });
    await shop.store.decide({ intents: two });
  }
  const query = { collection, generation: 0, where: { balance: 7 }, limit: 10 };
  const [document] = await base.query(query);
  assert.deepEqual(document?.body, { balance: 7, seen: [], streamVersion: 2 });
  const { counted, storage } = counting(base);
  await using shop = await opened({ storage });
  assert.deepEqual(await shop.store.load(documentAccount, 'a'), { state: { balance: 7, seen: [] }, version: 2 });
  assert.equal(counted.calls, 0);
  const emptied = await shop.store.decide({ intents: [intent(documentAccount, 'a', { add: -7 })] });
  assert.deepEqual(emptied.ok && emptied.events.map((event) => event.version), [3]);
  assert.equal((await base.documents(collection, 0, ['a'])).size, 0, 'null deletes the document');
});

test('a stream whose document is deleted is loaded from its log', async () => {
  const base = newStorage();
  {
    await using shop = await opened({ storage: base });
    await shop.store.decide({ intents: [intent(documentAccount, 'a', { add: 3 })] });
    await shop.store.decide({ intents: [intent(documentAccount, 'a', { add: -3 })] });
  }
  await using shop = await opened({ storage: base });
  const decided = await shop.store.decide({ intents: [intent(documentAccount, 'a', { add: 1 })] });
  assert.deepEqual(decided.ok && decided.events.map((event) => event.version), [3]);
});

test('a document of another release, older or newer, is not believed: its stream is read, and it is written anew', async () => {
  const { counted, storage } = counting(newStorage());
  await fill(storage, documentAccount, 'a', 3);
  const { document } = documentAccount;
  assert.ok(document);
  const newer = {
    ...documentAccount,
    document: { ...document, version: 2, encode: (state: Account) => ({ sum: state.balance, seen: state.seen }) },
  };
  const read: number[] = [];
  for (const aggregate of [newer, documentAccount, documentAccount]) {
    await using shop = await opened({ storage, aggregates: [aggregate] });
    counted.events = 0;
    const decided = await shop.store.decide({ intents: [intent(aggregate, 'a', { add: 1 })] });
    assert.ok(decided.ok);
    read.push(counted.events);
  }
  assert.deepEqual(read, [3, 4, 0]);
  const kept = (await storage.documents(document.collection, 0, ['a'])).get('a');
  assert.deepEqual(kept?.body, { balance: 6, seen: [], streamVersion: 6 });
});

test('older event versions are upcast wherever they are read', async () => {
  const storage = newStorage();
  await fill(storage, account, 'a', 2);
  const newer = {
    ...account,
    events: {
      Noted: { version: 1 },
      Added: {
        version: 3,
        upcasters: {
          1: (data: object) => ({ ...data, amount: 10 }),
          2: (data: { amount?: unknown }) => ({ ...data, amount: Number(data.amount) + 1 }),
        },
      },
    },
  };
  await using shop = await opened({ storage, aggregates: [newer] });
  assert.equal((await shop.store.load(newer, 'a')).state.balance, 22);
  const history = await shop.store.history(newer, 'a', 1);
  assert.deepEqual(
    history.map(({ version, schemaVersion, data }) => [version, schemaVersion, data.amount]),
    [[2, 3, 11]],
  );
  const decided = await shop.store.decide({ intents: [intent(newer, 'a', { add: -22 })] });
  assert.deepEqual(decided.ok && decided.events.map((event) => event.schemaVersion), [3]);
});

test('a release may read a version that it does not write yet, and goes on after one that has written it', async () => {
  const storage = newStorage();
  const upcasters = { 1: ({ amount }: { amount?: unknown }) => ({ by: 'upcast', amount: Number(amount) * 10 }) };
  const reads = { ...account, events: { Noted: { version: 1 }, Added: { version: 2, writes: 1, upcasters } } };
  const writes = { ...account, events: { Noted: { version: 1 }, Added: { version: 2, upcasters } } };
  const seen: unknown[] = [];
  for (const aggregate of [reads, writes, reads]) {
    await using shop = await opened({ storage, aggregates: [aggregate] });
    await shop.store.decide({ intents: [intent(aggregate, 'a', { add: 1 })] });
    const { state } = await shop.store.load(aggregate, 'a');
    const history = await shop.store.history(aggregate, 'a');
    seen.push([(state as Account).balance, history.map(({ data }) => data.amount)]);
  }
  assert.deepEqual(seen, [
    [10, [10]],
    [11, [10, 1]],
    [21, [10, 1, 10]],
  ]);
  const stored = (await storage.readStreams([{ stream: 'account/a', afterVersion: 0 }])).get('account/a');
  assert.deepEqual(
    stored?.map(({ schemaVersion, data }) => [schemaVersion, data.amount]),
    [
      [1, 1],
      [2, 1],
      [1, 1],
    ],
  );
});

test('a version of a newer release that nobody told of parks its stream and harms nobody else', async () => {
  const storage = newStorage();
  await fill(storage, account, 'b', 1);
  const newer = { ...account, events: { Noted: { version: 1 }, Added: { version: 7 } } };
  {
    await using shop = await opened({ storage, aggregates: [newer] });
    await shop.store.decide({ intents: [intent(newer, 'a', { add: 1 })] });
  }
  const untold = { collection: writtenTypes, generation: 0, key: 'Added', body: null };
  await storage.commit(batch({ documents: [untold] }));
  await using shop = await opened({ storage });
  const parked = [
    shop.store.decide({ intents: [intent(account, 'a', { add: 1 })] }),
    shop.store.load(account, 'a').then((loaded) => assert.fail(`${loaded.version}`)),
    shop.store.decide({ intents: [intent(account, 'b', { add: 1 }), intent(account, 'a', { add: 1 })] }),
  ];
  const fine = shop.store.decide({ intents: [intent(account, 'b', { add: 1 })] });
  for (const outcome of await Promise.allSettled(parked)) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof UnavailableFault);
    assert.match(outcome.reason.message, /Added version 7/);
  }
  assert.ok((await fine).ok);
  await assert.rejects(shop.store.history(account, 'a'), /Added version 7/);
});

test('the cache is bounded, and what left it is loaded again', async () => {
  const { counted, storage } = counting(newStorage());
  await using shop = await opened({ storage, cacheEntries: 3 });
  const ids = Array.from({ length: 10 }, (_, n) => `s${n}`);
  for (const id of ids) await shop.store.decide({ intents: [intent(account, id, { add: 1 })] });
  counted.calls = 0;
  for (const id of ids.slice(-3)) await shop.store.load(account, id);
  assert.equal(counted.calls, 0);
  for (const id of ids) assert.equal((await shop.store.load(account, id)).version, 1);
  assert.ok(counted.calls >= 7);
});

test('what is missing is read together, however many works miss it', async () => {
  const { counted, storage } = counting(newStorage());
  await using shop = await opened({ storage });
  await Promise.all(
    Array.from({ length: 50 }, (_, n) => shop.store.decide({ intents: [intent(account, `s${n}`, { add: 1 })] })),
  );
  assert.equal(counted.calls, 1);
});

test('a storage that cannot be read fails those who need it, not those who do not', async () => {
  const base = newStorage();
  let broken = false;
  const storage: Storage = {
    ...base,
    readStreams: (wanted) => (broken ? Promise.reject(new Error('out of reach')) : base.readStreams(wanted)),
  };
  await using shop = await opened({ storage });
  await shop.store.decide({ intents: [intent(account, 'a', { add: 1 })] });
  broken = true;
  const missing = shop.store.decide({ intents: [intent(account, 'b', { add: 1 })] });
  const cached = shop.store.decide({ intents: [intent(account, 'a', { add: 1 })] });
  await assert.rejects(missing, UnavailableFault);
  assert.ok((await cached).ok);
  broken = false;
  assert.ok((await shop.store.decide({ intents: [intent(account, 'b', { add: 1 })] })).ok);
});
