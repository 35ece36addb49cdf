import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { openHospital } from '../hospital/hospital.ts';
import { openWard } from '../hospital/ward.ts';
import { silentLogger } from '../telemetry/silent.ts';
import type { SubscriptionSpec } from './port.ts';
import { runSubscription } from './runner.ts';
import { treatmentOf } from './treatment.ts';
import { note, type TwoServices, twoServices, unreliable } from './two-services-spec.ts';

/** Handlers and commits fail by chance, answers are lost, processes die between any two steps, people retry cases. */
async function run(seed: number): Promise<{ readonly told: Record<string, number[]>; readonly town: TwoServices }> {
  const clock = virtualClock();
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random.fraction() * most);
  const town = await twoServices(clock, random);
  let well = false;
  const take = (subject: string, n: number) => {
    const ill = n % 11 === 0 ? 0.95 : 0.05;
    if (!well && random.fraction() < ill) throw new Error('by chance');
    return note(subject, n);
  };
  const spec: SubscriptionSpec = {
    name: 'listening',
    source: 'teller',
    on: {
      Said: ({ subject, data }) => {
        const n = Number(data.n);
        return subject < 's4' ? take(subject, n) : Promise.resolve().then(() => take(subject, n));
      },
    },
  };

  async function start() {
    const storage = unreliable(town.hearerStorage, random, 0.15);
    const store = await town.openHearer(storage);
    const bus = town.openBus();
    const common = { clock, random, logger: silentLogger, store, storage };
    const treatment = treatmentOf(spec, { store, clock, events: { Said: { version: 1 } } });
    const hospital = openHospital({ ...common, actions: {}, treatments: () => treatment });
    const ward = openWard(storage, spec.name);
    const runner = runSubscription(spec, { ...common, service: 'hearer', bus, ward, batch: 8, concurrency: 3 });
    const die = async () => {
      storage.kill();
      await clock.runUntil(Promise.all([runner.stop(), hospital.close()]));
    };
    return { storage, hospital, die };
  }

  let process = await start();
  const told: Record<string, number[]> = {};
  for (let round = 0; round < 60; round++) {
    for (let each = upTo(5); each > 0; each--) {
      const subject = `s${upTo(8)}`;
      const numbers = told[subject] ?? [];
      told[subject] = numbers;
      numbers.push(numbers.length + 1);
      await town.tell(subject, numbers.length);
    }
    if (random.fraction() < 0.6) await clock.advance(upTo(300));
    if (random.fraction() < 0.15) {
      await process.die();
      process = await start();
    }
    if (random.fraction() < 0.2) {
      const [opened] = await process.hospital.list({ status: 'open', limit: 1 });
      if (opened !== undefined) void process.hospital.retry(opened.id, { by: 'kim' }).catch(() => {});
    }
  }
  well = true;
  process.storage.heal();
  await clock.advance(120_000);
  for (const opened of await process.hospital.list({ status: 'open', limit: 100 })) {
    await clock.runUntil(process.hospital.retry(opened.id, { by: 'kim' }));
  }
  await clock.advance(60_000);
  assert.deepEqual(await process.hospital.list({ status: 'open', limit: 100 }), []);
  await process.die();
  return { told, town };
}

for (let seed = 1; seed <= 12; seed++) {
  test(`every event has its effect once and in order, whatever fails and dies (seed ${seed})`, async () => {
    const { told, town } = await run(seed);
    assert.deepEqual(await town.noted(), told);
  });
}
