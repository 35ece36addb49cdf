import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { add, allocate, money, share, subtract, sum, taxWithin, times, zero } from './money.ts';

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const gbp = (units: number) => money(units, 'GBP');

test('money is whole, safe, and in one currency', () => {
  for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) assert.throws(() => gbp(wrong), RangeError);
  for (const wrong of ['gbp', 'GB', 'POUND', '']) assert.throws(() => money(1, wrong), RangeError);
  assert.throws(() => add(gbp(1), money(1, 'KRW')), RangeError);
  assert.throws(() => subtract(gbp(1), money(1, 'KRW')), RangeError);
  assert.throws(() => sum([gbp(1)], 'KRW'), RangeError);
  assert.throws(() => add(gbp(Number.MAX_SAFE_INTEGER), gbp(1)), RangeError);
  assert.throws(() => times(gbp(2 ** 30), 2 ** 30), RangeError);
  assert.throws(() => times(gbp(1), 0.5), RangeError);
});

test('adds, subtracts, multiplies and sums', () => {
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      assert.deepEqual(add(gbp(a), gbp(b)), gbp(a + b));
      assert.deepEqual(add(subtract(gbp(a), gbp(b)), gbp(b)), gbp(a));
      assert.deepEqual(sum([gbp(a), gbp(b), gbp(a)], 'GBP'), gbp(2 * a + b));
    }),
  );
  assert.deepEqual(times(gbp(250), 3), gbp(750));
  assert.deepEqual(sum([], 'KRW'), zero('KRW'));
});

test('a share is rounded half away from zero', () => {
  assert.deepEqual(share(gbp(1_000), 2_000), gbp(200));
  assert.deepEqual(
    [5, -5, 4, -4, 15, -15].map((units) => share(gbp(units), 1_000).amount),
    [1, -1, 0, 0, 2, -2],
  );
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (units, basisPoints) => {
      const error = Math.abs(share(gbp(units), basisPoints).amount * 10_000 - units * basisPoints);
      assert.ok(error <= 5_000, 'at most half a unit off');
    }),
  );
});

test('the tax within a gross amount is what makes net and tax add up', () => {
  assert.deepEqual(taxWithin(gbp(1_200), 2_000), gbp(200));
  assert.deepEqual(taxWithin(gbp(-1_200), 2_000), gbp(-200));
  assert.deepEqual(taxWithin(gbp(999), 0), gbp(0));
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (units, basisPoints) => {
      const tax = taxWithin(gbp(units), basisPoints).amount;
      const error = Math.abs(tax * (10_000 + basisPoints) - units * basisPoints);
      assert.ok(error * 2 <= 10_000 + basisPoints, 'at most half a unit off');
    }),
  );
});

test('an allocation loses nothing, is nearest to the proportion, and gives equals nearly the same', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(amount, weights, (units, weighing) => {
      const shares = allocate(gbp(units), weighing).map((each) => each.amount);
      const whole = weighing.reduce((a, b) => a + b, 0);
      assert.equal(
        shares.reduce((a, b) => a + b, 0),
        units,
      );
      if (whole === 0) return assert.equal(shares[0], units);
      shares.forEach((each, index) => {
        const exact = (BigInt(units) * BigInt(weighing[index] ?? 0) * 1_000n) / BigInt(whole);
        assert.ok(BigInt(each) * 1_000n - exact < 1_001n && exact - BigInt(each) * 1_000n < 1_001n, 'within one unit');
        if (weighing[index] === 0) assert.equal(each, 0);
        assert.ok(each === 0 || Math.sign(each) === Math.sign(units), 'no share goes against the total');
      });
    }),
  );
  assert.deepEqual(
    allocate(gbp(100), [1, 1, 1]).map((each) => each.amount),
    [34, 33, 33],
  );
  assert.deepEqual(
    allocate(gbp(-100), [1, 1, 1]).map((each) => each.amount),
    [-34, -33, -33],
  );
  assert.throws(() => allocate(gbp(1), []), RangeError);
});
