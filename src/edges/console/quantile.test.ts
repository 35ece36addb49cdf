import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { between, quantile, together } from './quantile.ts';

const BOUNDS = [1, 10, 100];

test('a quantile lies within its bucket', () => {
  assert.equal(quantile([0, 0, 0, 0], BOUNDS, 0.5), undefined);
  assert.equal(quantile([10, 0, 0, 0], BOUNDS, 0.5), 0.5);
  assert.equal(quantile([0, 10, 0, 0], BOUNDS, 0.5), 5.5);
  assert.equal(quantile([90, 0, 10, 0], BOUNDS, 0.99), 91);
  assert.equal(quantile([0, 0, 0, 3], BOUNDS, 0.5), 100);
});

test('a larger share is never a smaller value', () => {
  const counts = fc.array(fc.nat(50), { minLength: 4, maxLength: 4 }).filter((each) => each.some((count) => count > 0));
  const share = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(counts, share, share, (buckets, a, b) => {
      const [low, high] = [quantile(buckets, BOUNDS, Math.min(a, b)), quantile(buckets, BOUNDS, Math.max(a, b))];
      assert.ok((low ?? 0) <= (high ?? 0));
    }),
  );
});

test('buckets are told apart and put together', () => {
  assert.deepEqual(between([1, 2], [4, 2]), [3, 0]);
  assert.deepEqual(
    together(
      [
        [1, 2],
        [3, 4],
      ],
      2,
    ),
    [4, 6],
  );
  assert.deepEqual(together([], 2), [0, 0]);
});
