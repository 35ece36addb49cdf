import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTrie } from './trie.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });

function trieOf(words: readonly string[]) {
  const trie = createTrie();
  for (const [list, each] of words.entries()) trie.add(each, () => list);
  return trie;
}

test('words are found exactly and by their beginning, as a plain search finds them', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word), word, (words, wanted) => {
      const trie = trieOf(words);
      assert.equal(trie.find(wanted), words.includes(wanted) ? words.indexOf(wanted) : undefined);
      const longer: string[] = [];
      trie.startingWith(wanted, (list, extra) => {
        assert.equal(words[list]?.length, wanted.length + extra);
        longer.push(words[list] ?? '');
      });
      const expected = words.filter((each) => each.startsWith(wanted) && each !== wanted);
      assert.deepEqual(longer.sort(), expected.sort());
    }),
  );
});

test('words within one or two errors are found, and no others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 30 }), word, fc.constantFrom(1, 2), (words, wanted, errors) => {
      const found = new Map<string, number>();
      trieOf(words).similar(wanted, errors, (list, distance) => {
        const each = words[list] ?? '';
        found.set(each, Math.min(distance, found.get(each) ?? distance));
      });
      for (const each of words) {
        const distance = distanceOf(each, wanted);
        assert.equal(found.get(each), distance <= errors ? distance : undefined, `${each} for ${wanted}`);
      }
    }),
  );
});

test('adding a word again keeps its number', () => {
  const trie = trieOf(['cup']);
  assert.equal(
    trie.add('cup', () => 7),
    0,
  );
});

/** Letters missing, added, replaced, or swapped with their neighbour (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let j = 1; j <= b.length; j++) (rows[0] as number[])[j] = j;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      (rows[i] as number[])[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped);
    }
  return at(a.length, b.length);
}
