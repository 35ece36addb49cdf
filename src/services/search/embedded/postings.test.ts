import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPostings, type Postings } from './postings.ts';

function entries(postings: Postings, list: number): number[] {
  const all: number[] = [];
  postings.read(list, (arena, from, to) => {
    all.push(...arena.subarray(from, to));
    return true;
  });
  return all;
}

test('lists that grow side by side keep their own entries in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5 }), { maxLength: 3_000 }), (writes) => {
      const postings = createPostings();
      const lists = Array.from({ length: 6 }, () => postings.open());
      const expected: number[][] = lists.map(() => []);
      for (const [document, list] of writes.entries()) {
        postings.append(list, document, document % 256);
        expected[list]?.push(document * 256 + (document % 256));
      }
      for (const list of lists) {
        assert.deepEqual(entries(postings, list), expected[list]);
        assert.equal(postings.size(list), expected[list]?.length);
      }
    }),
    { numRuns: 30 },
  );
});

test('a list goes on across chunks of the arena, up to the largest document', () => {
  const postings = createPostings();
  const long = postings.open();
  const other = postings.open();
  for (let document = 0; document < 400_000; document++) {
    postings.append(long, document, 1);
    if (document % 1_000 === 0) postings.append(other, document, 2);
  }
  postings.append(long, 2 ** 24 - 1, 255);
  const all = entries(postings, long);
  assert.equal(all.length, 400_001);
  assert.ok(all.slice(0, -1).every((entry, document) => entry === document * 256 + 1));
  assert.equal(all.at(-1), 2 ** 32 - 1);
  assert.equal(entries(postings, other).length, 400);
});

test('reading stops when the reader has enough', () => {
  const postings = createPostings();
  const list = postings.open();
  for (let document = 0; document < 100; document++) postings.append(list, document, 1);
  let blocks = 0;
  postings.read(list, () => ++blocks < 2);
  assert.equal(blocks, 2);
});
