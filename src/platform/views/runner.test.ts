import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ViewDefinition } from '../../kernel/view.ts';
import { sleep } from '../clock/port.ts';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { writtenTypes } from '../event-store/written.ts';
import { batch } from '../storage/conformance-open.ts';
import { rebuildView } from './fold.ts';
import { laterCounter, oneService, sums } from './one-service-spec.ts';

async function setUp() {
  const clock = virtualClock();
  const random = seededRandom(3);
  return { clock, random, ...(await oneService(clock, random)) };
}

test('a view is the fold of the log, with one write a document and one query a batch', async () => {
  const { clock, storage, count, tell, start, documents, events } = await setUp();
  await count('a', 1, 2, 3);
  await count('b', 4);
  await tell('b', { type: 'Cleared', data: {} });
  await tell('a', { type: 'Ignored', data: {} });
  let written = 0;
  let queries = 0;
  const { commit, documents: read } = storage;
  storage.commit = (batch) => {
    written += batch.documents.filter(({ collection }) => collection.name === 'sums').length;
    return commit(batch);
  };
  storage.documents = (collection, ...rest) => {
    if (collection.name === 'sums') queries++;
    return read(collection, ...rest);
  };
  const runner = await start();
  await clock.advance(1_000);
  assert.deepEqual(await documents(runner), { a: { sum: 6, events: 3 }, all: { sum: 10, events: 4 } });
  assert.deepEqual(await documents(runner), Object.fromEntries(rebuildView(sums, await events())));
  assert.deepEqual([written, queries], [3, 0]);
  await count('c', 1, 2);
  await clock.advance(1_000);
  assert.deepEqual([written, queries], [5, 1]);
  const { lagEvents, lagMs, version, generation } = runner.status();
  assert.deepEqual({ lagEvents, lagMs, version, generation }, { lagEvents: 0, lagMs: 0, version: 1, generation: 1 });
});

test('a restarted view goes on where it stood', async () => {
  const { clock, count, start, documents } = await setUp();
  const first = await start();
  await count('a', 1);
  await clock.advance(1_000);
  await first.close();
  await count('a', 2);
  const second = await start();
  await clock.advance(1_000);
  assert.deepEqual(await documents(second), { a: { sum: 3, events: 2 }, all: { sum: 3, events: 2 } });
});

test('a read that carries a token sees its write, or says that it is stale', async () => {
  const { clock, count, start } = await setUp();
  const runner = await start(sums, { restMs: 500 });
  await count('a', 1);
  await clock.advance(10);
  const after = await count('a', 2);
  const answer = await clock.runUntil(runner.view.get('a', { after }), 100);
  assert.deepEqual([answer.stale, answer.value?.body, answer.value?.version], [false, { sum: 3, events: 2 }, 1]);
  const future = after.map((position) => position + 1);
  const startedAt = clock.now();
  const stale = await clock.runUntil(runner.view.get('a', { after: future, waitMs: 300 }));
  assert.deepEqual([stale.stale, clock.now() - startedAt], [true, 300]);
  const found = await clock.runUntil(
    runner.view.query({ where: {}, range: { field: 'sum', from: 1 }, order: 'ascending', limit: 10 }, { after }),
  );
  assert.deepEqual([found.stale, found.value.map(({ key }) => key)], [false, ['a', 'all']]);
});

test('a rebuild runs beside the view, flips in one commit under concurrent writes, and drops the old generation', async () => {
  const { clock, count, start, documents, storage, events } = await setUp();
  for (let n = 1; n <= 200; n++) await count(`s${n % 17}`, n);
  const runner = await start(sums, { batch: { serving: 50, building: 3 } });
  await clock.advance(1_000);
  const { commit } = storage;
  storage.commit = async (batch) => {
    if (batch.documents.some(({ generation }) => generation === 2)) await sleep(clock, 5);
    return commit(batch);
  };
  await runner.rebuild();
  await runner.rebuild();
  const generations = new Set<number>();
  let before = 0;
  for (let n = 1; n <= 100; n++) {
    const after = await count('hot', n);
    const { value, stale } = await clock.runUntil(runner.view.get('hot', { after }));
    assert.equal(stale, false);
    assert.ok(Number(value?.body.events) >= before, 'a reader went back in time');
    before = Number(value?.body.events);
    generations.add(runner.status().generation);
  }
  await clock.advance(10_000);
  assert.deepEqual([...generations], [1, 2]);
  assert.equal(runner.status().rebuilding, undefined);
  assert.deepEqual(await documents(runner), Object.fromEntries(rebuildView(sums, await events())));
  const old = await storage.query({ collection: sums.collection, generation: 1, where: {}, limit: 10 });
  assert.deepEqual(old, []);
});

test('a raised version is built beside the old view, which serves as it was until then', async () => {
  const { clock, count, start, documents } = await setUp();
  for (let n = 1; n <= 60; n++) await count('a', 1);
  const old = await start();
  await clock.advance(1_000);
  await old.close();
  const doubled: ViewDefinition = {
    ...sums,
    version: 2,
    apply: (document, event, key) => {
      const after = sums.apply(document, event, key);
      return after === undefined || after === null ? after : { ...after, doubled: Number(after.sum) * 2 };
    },
  };
  const runner = await start(doubled, { batch: { serving: 10, building: 1 } });
  const during = await runner.view.get('a');
  assert.deepEqual([during.value?.body, runner.status().version], [{ sum: 60, events: 60 }, 1]);
  assert.ok(runner.status().rebuilding !== undefined);
  await clock.advance(10_000);
  assert.equal(runner.status().version, 2);
  assert.deepEqual((await documents(runner)).a, { sum: 60, events: 60, doubled: 120 });
});

test('a release that is rolled back goes on with the generation it had, and so does the one that comes after it again', async () => {
  const { clock, count, start, documents, storage, events } = await setUp();
  const doubled: ViewDefinition = {
    ...sums,
    version: 2,
    apply: (...all) => {
      const after = sums.apply(...all);
      return after === undefined || after === null ? after : { ...after, doubled: Number(after.sum) * 2 };
    },
  };
  const turns: unknown[] = [];
  for (const view of [sums, doubled, sums, doubled, { ...sums, version: 3 }]) {
    for (let n = 1; n <= 20; n++) await count(`s${n % 3}`, n);
    const runner = await start(view);
    await clock.advance(10_000);
    const { version, generation, lagEvents } = runner.status();
    turns.push([version, generation, lagEvents]);
    assert.deepEqual(await documents(runner), Object.fromEntries(rebuildView(view, await events())));
    await runner.close();
  }
  assert.deepEqual(turns, [
    [1, 1, 0],
    [2, 2, 0],
    [1, 1, 0],
    [2, 2, 0],
    [3, 3, 0],
  ]);
  const left = async (generation: number) =>
    (await storage.query({ collection: sums.collection, generation, where: {}, limit: 10 })).length;
  assert.deepEqual([await left(1), (await left(2)) > 0], [0, true], 'one generation is kept, not every one');
});

test('two rebuilds that are asked for at once are one, and what serves is what was built', async () => {
  const { clock, count, start, documents, events } = await setUp();
  await count('a', 1, 2, 3);
  const runner = await start();
  await clock.advance(1_000);
  await clock.runUntil(Promise.all([runner.rebuild(), runner.rebuild()]));
  await clock.advance(10_000);
  assert.equal(runner.status().generation, 2);
  assert.deepEqual(await documents(runner), Object.fromEntries(rebuildView(sums, await events())));
});

test('a rebuild that a crash interrupted is taken up again', async () => {
  const { clock, count, start, documents, events } = await setUp();
  for (let n = 1; n <= 40; n++) await count(`s${n % 5}`, n);
  const first = await start();
  await clock.advance(1_000);
  await first.close();
  const building = await start({ ...sums, version: 2 }, { batch: { serving: 1, building: 1 } });
  await building.close();
  assert.equal(building.status().version, 1);
  const again = await start({ ...sums, version: 2 });
  assert.equal(again.status().rebuilding?.generation, 2);
  await clock.advance(10_000);
  assert.deepEqual([again.status().version, again.status().generation], [2, 2]);
  assert.deepEqual(await documents(again), Object.fromEntries(rebuildView(sums, await events())));
});

test('an event of a newer release stops the view, which says so and serves on; the newer release goes on with it', async () => {
  const clock = virtualClock();
  const random = seededRandom(4);
  const later = await oneService(clock, random, { aggregate: laterCounter });
  await later.count('a', 1);
  await later.store.close();
  const { storage } = later;
  // As if nobody had been told of it: an older release would not lead this log otherwise.
  await storage.commit(batch({ documents: [{ collection: writtenTypes, generation: 0, key: 'Counted', body: null }] }));
  const old = await oneService(clock, random, { storage });
  const runner = await old.start();
  await clock.advance(1_000);
  assert.match(runner.status().stopped ?? '', /version 2/);
  assert.ok(runner.status().lagEvents > 0);
  assert.deepEqual(await runner.view.get('a'), { value: undefined, stale: false });
  await runner.close();
  await old.store.close();
  const newer = await oneService(clock, random, { aggregate: laterCounter, storage });
  const upgraded = await newer.start();
  await clock.advance(1_000);
  assert.equal(upgraded.status().stopped, undefined);
  assert.deepEqual((await newer.documents(upgraded)).a, { sum: 1, events: 1 });
});

test('a view whose rules throw stops and says so; a rebuild makes it try again', async () => {
  const { clock, count, start, documents } = await setUp();
  let broken = true;
  const fragile: ViewDefinition = {
    ...sums,
    apply(document, event, key) {
      if (broken) throw new Error('no rule for this');
      return sums.apply(document, event, key);
    },
  };
  const runner = await start(fragile);
  await count('a', 1);
  await clock.advance(1_000);
  assert.match(runner.status().stopped ?? '', /no rule for this/);
  broken = false;
  await runner.rebuild();
  await clock.advance(10_000);
  assert.equal(runner.status().stopped, undefined);
  assert.deepEqual((await documents(runner)).a, { sum: 1, events: 1 });
});
