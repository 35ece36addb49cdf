import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asked, entry } from '../fixtures.ts';
import { createIndex } from './index.ts';
import { wordsOf } from './words.ts';

const english = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 2, maxLength: 9 });
const korean = fc.string({ unit: fc.constantFrom(...'가나다라마바커피컵달항아리머그'), minLength: 2, maxLength: 6 });
const text = (word: fc.Arbitrary<string>) => fc.array(word, { minLength: 1, maxLength: 5 }).map((all) => all.join(' '));
const product = fc.record({ en: text(english), ko: text(korean), description: text(fc.oneof(english, korean)) });
const catalogue = fc.array(product, { minLength: 1, maxLength: 12 });

function indexOf(products: readonly { en: string; ko: string; description: string }[]) {
  const index = createIndex();
  for (const [number, { en, ko, description }] of products.entries())
    index.put(entry(`p${number}`, { title: { en, ko }, description: { en: description }, skus: [] }));
  return (q: string) => new Set(index.search(asked(q, { limit: 100 })).hits.map(({ productId }) => productId));
}

test('every product is found by each of its words and by the beginning of each', () => {
  fc.assert(
    fc.property(catalogue, fc.integer({ min: 1, max: 8 }), (products, length) => {
      const search = indexOf(products);
      for (const [number, { en, ko, description }] of products.entries())
        for (const word of `${en} ${ko} ${description}`.split(' '))
          for (const q of [word, word.slice(0, length)])
            assert.ok(search(q).has(`p${number}`), `${q} of "${en} ${ko} ${description}"`);
    }),
    { numRuns: 60 },
  );
});

test('every product is found by two or more neighbouring syllables of its Korean words', () => {
  fc.assert(
    fc.property(catalogue, fc.nat(), fc.integer({ min: 2, max: 5 }), (products, from, length) => {
      const search = indexOf(products);
      for (const [number, { ko }] of products.entries())
        for (const word of ko.split(' ')) {
          const inside = word.slice(from % (word.length - 1)).slice(0, length);
          assert.ok(search(inside).has(`p${number}`), `${inside} of ${word}`);
        }
    }),
    { numRuns: 60 },
  );
});

const typo = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('missing', 'added', 'replaced', 'swapped'),
  letter: fc.constantFrom(...'xyz'),
});

test('every product is found by each of its words of five letters or more with one typing error', () => {
  fc.assert(
    fc.property(catalogue, typo, (products, error) => {
      const search = indexOf(products);
      for (const [number, { en }] of products.entries())
        for (const word of en.split(' ').filter((each) => each.length >= 5)) {
          const q = mistyped(word, error);
          // What somebody's word happens to begin with is no error.
          if (products.some((each) => `${each.en} ${each.description}`.split(' ').some((own) => own.startsWith(q))))
            continue;
          assert.ok(search(q).has(`p${number}`), `${q} for ${word}`);
        }
    }),
    { numRuns: 100 },
  );
});

test('no query makes it throw, and every hit is a product', () => {
  fc.assert(
    fc.property(catalogue, fc.string({ unit: 'binary', maxLength: 200 }), (products, q) => {
      for (const id of indexOf(products)(q)) assert.match(id, /^p\d+$/);
      assert.ok(wordsOf(q).every(({ letters }) => letters.length > 0));
    }),
    { numRuns: 100 },
  );
});

function mistyped(word: string, { at, kind, letter }: { at: number; kind: string; letter: string }): string {
  const index = at % (word.length - 1);
  const [before, rest] = [word.slice(0, index), word.slice(index)];
  switch (kind) {
    case 'missing':
      return before + rest.slice(1);
    case 'added':
      return before + letter + rest;
    case 'replaced':
      return before + letter + rest.slice(1);
    default:
      return before + (rest[1] ?? '') + (rest[0] ?? '') + rest.slice(2);
  }
}
