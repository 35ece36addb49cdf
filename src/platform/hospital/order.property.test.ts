import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import type { SubscriptionSpec } from '../subscriptions/port.ts';
import { runSubscription } from '../subscriptions/runner.ts';
import { treatmentOf } from '../subscriptions/treatment.ts';
import { note, twoServices } from '../subscriptions/two-services-spec.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { openHospital } from './hospital.ts';
import { openWard } from './ward.ts';

const SUBJECTS = ['a', 'b', 'c'] as const;
const kim = { by: 'kim' };

type Step =
  | { readonly do: 'tell'; readonly subject: string; readonly ill: boolean }
  | { readonly do: 'heal' | 'retry' | 'discharge' | 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      subject: fc.constantFrom(...SUBJECTS),
      ill: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('heal', 'retry', 'retry', 'discharge', 'wait') }) },
);

test('whatever fails and whoever retries, each subject keeps its order, once each, and only what was discharged is missing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), fc.nat(), async (steps, seed) => {
      const clock = virtualClock();
      const common = { clock, random: seededRandom(seed), logger: silentLogger };
      const town = await twoServices(clock, common.random);
      const [store, storage] = [await town.openHearer(), town.hearerStorage];
      const ill = new Set<number>();
      const spec: SubscriptionSpec = {
        name: 'listening',
        source: 'teller',
        on: {
          async Said({ subject, data }) {
            const n = Number(data.n);
            if (ill.has(n)) throw new Error(`cannot take ${n}`);
            return note(subject, n);
          },
        },
      };
      const bus = town.openBus();
      const ward = openWard(storage, spec.name);
      const runner = runSubscription(spec, { service: 'hearer', bus, store, storage, ward, ...common });
      const treatment = treatmentOf(spec, { store, clock, events: { Said: { version: 1 } } });
      const hospital = openHospital({ store, storage, treatments: () => treatment, actions: {}, ...common });
      const told = new Map<string, number[]>();
      const given = new Set<number>();
      const underWay: Promise<unknown>[] = [];
      let count = 0;

      for (const each of steps) {
        if (each.do === 'tell') {
          count++;
          if (each.ill) ill.add(count);
          told.set(each.subject, [...(told.get(each.subject) ?? []), count]);
          await town.tell(each.subject, count);
        } else if (each.do === 'heal') ill.delete([...ill][0] ?? 0);
        else if (each.do === 'wait') await clock.advance(20_000);
        else {
          const [sick] = await hospital.list({ status: 'open', limit: 1 });
          if (sick === undefined) continue;
          // Two operators at once.
          for (let operator = 0; operator < 2; operator++) underWay.push(hospital[each.do](sick.id, kim));
          await clock.advance(10);
        }
      }
      ill.clear();
      await clock.advance(60_000);
      for (let open = await hospital.list({ status: 'open', limit: 9 }); open.length > 0; ) {
        for (const { id } of open) await clock.runUntil(hospital.retry(id, kim));
        await clock.advance(30_000);
        open = await hospital.list({ status: 'open', limit: 9 });
      }
      await clock.runUntil(Promise.all(underWay));
      for (const settled of await hospital.list({ status: 'closed', limit: 100 })) {
        if (settled.settledBy === 'discharge' && 'event' in settled) given.add(Number(settled.event.data.n));
      }
      const wanted = [...told].map(([subject, all]) => [subject, all.filter((n) => !given.has(n))] as const);
      assert.deepEqual(await town.noted(), Object.fromEntries(wanted.filter(([, all]) => all.length > 0)));
      await Promise.all([runner.stop(), hospital.close()]);
      await Promise.all([bus.close(), store.close()]);
    }),
    { numRuns: 25 },
  );
});
