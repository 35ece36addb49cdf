import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logBus } from '../bus/log.ts';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { SubscriptionSpec } from '../subscriptions/port.ts';
import { runSubscription } from '../subscriptions/runner.ts';
import { treatmentOf } from '../subscriptions/treatment.ts';
import { hearerCollections, note, twoServices } from '../subscriptions/two-services-spec.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { openHospital } from './hospital.ts';
import { openWard } from './ward.ts';

const spec: SubscriptionSpec = {
  name: 'listening',
  source: 'teller',
  on: { Said: ({ subject, data }) => note(subject, Number(data.n)) },
};

test('what an older release could not read is handled, in order, by the release that can', async () => {
  const clock = virtualClock();
  const common = { clock, random: seededRandom(5), logger: silentLogger };
  const storage = memoryStorage({ name: 'hearer', clock, collections: hearerCollections });
  const town = await twoServices(clock, common.random);
  /** A release of the hearer that reads `Said` up to a version; the teller writes version 1. */
  const release = async (version: number) => {
    const store = await clock.runUntil(town.openHearer(storage));
    const events = { Said: { version } };
    const bus = logBus({ sources: { teller: { feed: town.feed, events } }, ...common });
    const ward = openWard(storage, spec.name);
    const runner = runSubscription(spec, { service: 'hearer', bus, store, storage, ward, ...common });
    const treatment = treatmentOf(spec, { store, clock, events });
    const hospital = openHospital({ store, storage, actions: {}, treatments: () => treatment, ...common });
    await clock.advance(10_000);
    const cases = await hospital.list({ limit: 10 });
    return {
      cases: cases.map(({ status, failure, audit }) => [
        status,
        failure.code,
        audit.map(({ act, by }) => `${act} ${by}`),
      ]),
      async end() {
        await clock.runUntil(Promise.all([runner.stop(), hospital.close()]));
        await clock.runUntil(store.close());
        await clock.runUntil(bus.close());
      },
    };
  };
  const noted = async () => (await storage.readFeed([], 100)).map(({ data }) => data.n);

  await town.tell('a', 1, 2, 3);
  const older = await release(0);
  assert.deepEqual([older.cases, await noted()], [[['open', 'unreadable', ['admitted platform']]], []]);
  await older.end();
  const stillOlder = await release(0);
  assert.deepEqual(stillOlder.cases, older.cases, 'nobody tries in vain');
  await stillOlder.end();
  const newer = await release(1);
  assert.deepEqual(await noted(), [1, 2, 3]);
  assert.deepEqual(newer.cases, [
    ['closed', 'unreadable', ['admitted platform', 'retried platform', 'closed platform']],
  ]);
  await newer.end();
});
