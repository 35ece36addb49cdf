import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keepCachesSmall } from './small-caches.ts';

keepCachesSmall();
// Not before the hook is there.
const { planOf } = await import('./plan.ts');
const { run } = await import('./run.ts');
const { onlyParts, partsOf, shrunk } = await import('./shrink.ts');

const SEEDS = Array.from({ length: 30 }, (_, index) => index + 1);
/** Seeds that have found something, kept beside the tests at the places of the repairs. */
const ONCE_FAILED: readonly number[] = [];

describe('the whole shop under faults', () => {
  for (const seed of new Set([...SEEDS, ...ONCE_FAILED])) {
    it(`keeps its promises with seed ${seed}`, async () => {
      const { violations } = await run(planOf(seed));
      assert.deepEqual(violations, [], `npm run simulate -- --seed ${seed}`);
    });
  }

  it('sells in these runs, or they would prove nothing', async () => {
    const reports = [];
    for (const seed of SEEDS.slice(0, 5)) reports.push(await run(planOf(seed)));
    assert.ok(reports.reduce((sum, { confirmed }) => sum + confirmed, 0) >= 5);
  });

  it('runs one seed as it ran before, to the last bit', async () => {
    for (const seed of [3, 4, 14]) {
      const [first, second] = [await run(planOf(seed)), await run(planOf(seed))];
      assert.equal(first.hash, second.hash);
      assert.equal(first.steps, second.steps);
    }
    assert.notEqual((await run(planOf(3))).hash, (await run(planOf(4))).hash);
  });
});

describe('shrinking', () => {
  it('leaves what makes a plan fail, and only that', async () => {
    const plan = planOf(7);
    const guilty = [partsOf(plan)[0], partsOf(plan).at(-1)].filter((part) => part !== undefined);
    const fails = async (some: typeof plan) => guilty.every((part) => partsOf(some).includes(part));
    assert.deepEqual(await shrunk(plan, fails, 200), guilty);
    assert.deepEqual(partsOf(onlyParts(plan, new Set(guilty))), guilty);
  });
});
