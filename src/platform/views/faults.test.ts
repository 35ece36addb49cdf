import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { type VirtualClock, virtualClock } from '../clock/virtual.ts';
import { eventStoreCollections } from '../event-store/open.ts';
import { UnavailableFault } from '../event-store/port.ts';
import { memoryStorage } from '../storage/memory.ts';
import { unreliable } from '../subscriptions/two-services-spec.ts';
import { rebuildView } from './fold.ts';
import { oneService, sums } from './one-service-spec.ts';
import { viewCollections } from './records.ts';

/** Asks again while the storage is not available; what was asked may then happen twice, which no view minds. */
async function persist<Value>(clock: VirtualClock, act: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await clock.runUntil(act());
    } catch (fault) {
      if (!(fault instanceof UnavailableFault)) throw fault;
    }
  }
}

/** Views die, restart, are rebuilt and raised at random moments, while commits fail and answers are lost. */
async function run(seed: number): Promise<void> {
  const clock = virtualClock();
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random.fraction() * most);
  const collections = [...eventStoreCollections, ...viewCollections(sums)];
  const memory = unreliable(memoryStorage({ name: 'counting', clock, collections }), random, 0.1);
  const service = await persist(clock, () => oneService(clock, random, { storage: memory }));
  let version = 1;
  const start = async () => {
    const storage = unreliable(service.storage, random, 0.2);
    const batch = { serving: 1 + upTo(20), building: 1 + upTo(20) };
    const view = { ...sums, version };
    const options = { storage, batch, cacheEntries: 1 + upTo(6), graceMs: upTo(100) };
    return { storage, runner: await service.start(view, options) };
  };
  let process = await persist(clock, start);
  let rival: Awaited<ReturnType<typeof start>> | undefined;
  const die = async (dying: typeof process) => {
    dying.storage.kill();
    await clock.runUntil(dying.runner.close());
  };
  for (let round = 0; round < 80; round++) {
    const subject = `s${upTo(9)}`;
    const numbers = Array.from({ length: upTo(4) }, () => upTo(100));
    for (const n of numbers) await persist(clock, () => service.count(subject, n));
    if (random.fraction() < 0.1) await persist(clock, () => service.tell(subject, { type: 'Cleared', data: {} }));
    if (random.fraction() < 0.1) await persist(clock, () => service.tell(subject, { type: 'Ignored', data: {} }));
    if (random.fraction() < 0.5) await clock.advance(upTo(200));
    if (random.fraction() < 0.1) await clock.runUntil(process.runner.rebuild().catch(() => {}));
    if (random.fraction() < 0.1) {
      if (rival === undefined) rival = await persist(clock, start);
      else {
        await die(rival);
        rival = undefined;
      }
    }
    if (random.fraction() < 0.1) {
      await die(process);
      if (random.fraction() < 0.3) version++;
      process = await persist(clock, start);
    }
  }
  if (rival !== undefined) await die(rival);
  memory.heal();
  process.storage.heal();
  await clock.advance(120_000);
  const status = process.runner.status();
  assert.deepEqual([status.version, status.lagEvents, status.rebuilding], [version, 0, undefined]);
  const expected = Object.fromEntries(rebuildView(sums, await service.events()));
  assert.deepEqual(await service.documents(process.runner), expected);
  for (const [key, body] of Object.entries(expected)) {
    assert.deepEqual((await process.runner.view.get(key)).value?.body, body);
  }
}

for (let seed = 1; seed <= 12; seed++) {
  test(`a view equals the fold of its log, whatever fails and dies (seed ${seed})`, () => run(seed));
}
