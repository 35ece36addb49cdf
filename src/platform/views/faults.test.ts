import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { unreliable } from '../subscriptions/two-services-spec.ts';
import { rebuildView } from './fold.ts';
import { oneService, sums } from './one-service-spec.ts';

/** Views die, restart, are rebuilt and raised at random moments, while commits fail and answers are lost. */
async function run(seed: number): Promise<void> {
  const clock = virtualClock();
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random.fraction() * most);
  const service = await oneService(clock, random);
  let version = 1;
  const start = async () => {
    const storage = unreliable(service.storage, random, 0.2);
    const batch = { serving: 1 + upTo(20), building: 1 + upTo(20) };
    const view = { ...sums, version };
    const options = { storage, batch, cacheEntries: 1 + upTo(6), graceMs: upTo(100) };
    return { storage, runner: await service.start(view, options) };
  };
  let process = await start();
  for (let round = 0; round < 80; round++) {
    const subject = `s${upTo(9)}`;
    const numbers = Array.from({ length: upTo(4) }, () => upTo(100));
    await service.count(subject, ...numbers);
    if (random.fraction() < 0.1) await service.tell(subject, { type: 'Cleared', data: {} });
    if (random.fraction() < 0.1) await service.tell(subject, { type: 'Ignored', data: {} });
    if (random.fraction() < 0.5) await clock.advance(upTo(200));
    if (random.fraction() < 0.1) await process.runner.rebuild().catch(() => {});
    if (random.fraction() < 0.1) {
      process.storage.kill();
      await clock.runUntil(process.runner.close());
      if (random.fraction() < 0.3) version++;
      process = await start();
    }
  }
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

for (let seed = 1; seed <= 25; seed++) {
  test(`a view equals the fold of its log, whatever fails and dies (seed ${seed})`, () => run(seed));
}
