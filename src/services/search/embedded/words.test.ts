import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hangulRuns, wordsOf } from './words.ts';

const letters = (text: string) => wordsOf(text).map((word) => word.letters);

test('words of any script, without case, accents, apostrophes and punctuation', () => {
  assert.deepEqual(letters('Café-au-lait, MEN’S 300ml!'), ['cafe', 'au', 'lait', 'mens', '300ml']);
  assert.deepEqual(letters('ＡＢＣ １２'), ['abc', '12']);
  assert.deepEqual(letters('  …!?  '), []);
  assert.deepEqual(letters('\0\ud800 a\ufffe'), ['a']);
});

test('Hangul is taken apart into the keys it is typed with', () => {
  const [coffee] = letters('커피');
  assert.ok(coffee);
  for (const typed of ['ㅋ', '커', '컾', '커ㅍ', '커피'])
    assert.ok(coffee.startsWith(letters(typed)[0] ?? '-'), `${typed} is not the beginning of 커피`);
  assert.ok(letters('과일')[0]?.startsWith(letters('고')[0] ?? '-'));
  assert.ok(letters('닭')[0]?.startsWith(letters('달')[0] ?? '-'));
});

test('Hangul and other scripts are words of their own', () => {
  const words = wordsOf('A4용지 2박스');
  assert.deepEqual(
    words.map(({ syllables }) => syllables),
    [undefined, '용지', undefined, '박스'],
  );
});

test('Korean words that a blank alone parts make one run', () => {
  assert.deepEqual(hangulRuns(wordsOf('머그 컵 세트')), ['머그컵세트']);
  assert.deepEqual(hangulRuns(wordsOf('머그, 컵 cup 세트')), ['머그', '컵', '세트']);
});
