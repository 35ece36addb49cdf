import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { type GrowPlan, type Growth, nextGrowth } from './grow-plan.ts';

const plan: GrowPlan = { min: 1, max: 4, underWay: 8, growAfterMs: 3_000, shrinkAfterMs: 20_000, restMs: 5_000 };
const start: Growth = { replicas: 1, changedAt: 0 };
const LOOK_MS = 1_000;

/** How many replicas there are after each look at the loads. */
function replicasUnder(loads: readonly number[], of: GrowPlan = plan, from: Growth = start): number[] {
  let growth = from;
  return loads.map((load, at) => {
    growth = nextGrowth(of, growth, load, (at + 1) * LOOK_MS);
    return growth.replicas;
  });
}

const steady = (load: number, looks: number) => Array.from({ length: looks }, () => load);
const plans = fc.record({
  min: fc.integer({ min: 1, max: 3 }),
  max: fc.integer({ min: 3, max: 8 }),
  underWay: fc.double({ min: 0.5, max: 50, noNaN: true }),
  growAfterMs: fc.integer({ min: 0, max: 10_000 }),
  shrinkAfterMs: fc.integer({ min: 0, max: 30_000 }),
  restMs: fc.integer({ min: 0, max: 10_000 }),
});
const load = fc.double({ min: 0, max: 500, noNaN: true });

it('is never fewer than the least nor more than the most, and never changes by more than one', () => {
  fc.assert(
    fc.property(plans, fc.array(load, { maxLength: 100 }), (of, loads) => {
      let before = of.min;
      for (const replicas of replicasUnder(loads, of, { replicas: of.min, changedAt: 0 })) {
        assert.ok(replicas >= of.min && replicas <= of.max && Math.abs(replicas - before) <= 1);
        before = replicas;
      }
    }),
  );
});

it('a load that stays the same never makes it turn back, and ends where each replica keeps to its target', () => {
  fc.assert(
    fc.property(plans, load, fc.integer({ min: 0, max: 7 }), (of, all, above) => {
      const from = { replicas: Math.min(of.max, of.min + above), changedAt: 0 };
      const seen = [from.replicas, ...replicasUnder(steady(all, 400), of, from)];
      const steps = seen.slice(1).map((replicas, at) => Math.sign(replicas - (seen[at] ?? 0)));
      assert.ok(!(steps.includes(1) && steps.includes(-1)), String(seen));
      const last = seen.at(-1) ?? 0;
      assert.ok(last === of.max || all <= of.underWay * last);
      assert.ok(last === of.min || all >= of.underWay * (last - 1) * 0.7);
    }),
  );
});

it('a peak shorter than its patience starts nothing, a pause shorter than its patience retires nothing', () => {
  assert.deepEqual(new Set(replicasUnder([...steady(100, 3), 0, ...steady(100, 3), 0])), new Set([1]));
  const grown = { replicas: 3, changedAt: 0 };
  assert.deepEqual(new Set(replicasUnder([...steady(0, 20), 20, ...steady(0, 20)], plan, grown)), new Set([3]));
});

it('grows one by one while it is too much, rests between, and comes back when it is quiet', () => {
  const seen = replicasUnder([...steady(30, 30), ...steady(0, 90)]);
  assert.equal(Math.max(...seen), 4);
  assert.equal(seen.at(-1), 1);
  const changes = seen.flatMap((replicas, at) => (at > 0 && replicas !== seen[at - 1] ? [at] : []));
  for (const [at, change] of changes.entries()) if (at > 0) assert.ok(change - (changes[at - 1] ?? 0) >= 5);
});
