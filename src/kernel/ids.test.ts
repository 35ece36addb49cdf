import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BUCKETS, bucketOf, CELLS, fnv1a, makeId, parseId } from './ids.ts';

const parts = fc.record(
  {
    kind: fc.constantFrom('ord', 'shp', 'pay', 'crt'),
    cell: fc.integer({ min: 0, max: CELLS - 1 }),
    bucket: fc.integer({ min: 0, max: BUCKETS - 1 }),
    timeMs: fc.integer({ min: 0, max: 2 ** 50 - 1 }),
  },
  { noNullPrototype: true },
);
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

test('an id tells its parts, and only an id does', () => {
  fc.assert(
    fc.property(parts, bytes, (wanted, random) => {
      const id = makeId(wanted, random);
      assert.deepEqual(parseId(id), wanted);
      assert.equal(bucketOf(id), wanted.bucket);
    }),
  );
  for (const text of ['', 'ord_', 'ord_0000', `${'ord_'}${'u'.repeat(30)}`, 'ORD_000000000000000000000000000000']) {
    assert.equal(parseId(text), undefined);
  }
});

test('different randomness makes different ids, ids of one place sort by time', () => {
  fc.assert(
    fc.property(parts, bytes, bytes, (wanted, one, other) => {
      const same = Buffer.from(one).equals(Buffer.from(other));
      assert.equal(makeId(wanted, one) === makeId(wanted, other), same);
      if (wanted.timeMs + 1 < 2 ** 50) {
        assert.ok(makeId(wanted, one) < makeId({ ...wanted, timeMs: wanted.timeMs + 1 }, other));
      }
    }),
  );
});

test('a part that does not fit is refused', () => {
  const fitting = { kind: 'ord', cell: 0, bucket: 0, timeMs: 0 };
  const random = new Uint8Array(10);
  assert.throws(() => makeId({ ...fitting, cell: CELLS }, random), RangeError);
  assert.throws(() => makeId({ ...fitting, bucket: -1 }, random), RangeError);
  assert.throws(() => makeId({ ...fitting, timeMs: 2 ** 50 }, random), RangeError);
  assert.throws(() => makeId({ ...fitting, timeMs: 0.5 }, random), RangeError);
  assert.throws(() => makeId(fitting, new Uint8Array(9)), RangeError);
});

test('any text has a bucket, spread evenly', () => {
  assert.equal(fnv1a(''), 0x811c9dc5);
  assert.equal(fnv1a('a'), 0xe40c292c);
  assert.equal(fnv1a('foobar'), 0xbf9cf968);
  const counts = new Array<number>(4).fill(0);
  for (let n = 0; n < 10_000; n++) {
    const bucket = bucketOf(`SKU-${n}`);
    assert.ok(bucket >= 0 && bucket < BUCKETS);
    counts[bucket % 4] = (counts[bucket % 4] ?? 0) + 1;
  }
  for (const count of counts) assert.ok(count > 2_000 && count < 3_000, `${counts}`);
});
