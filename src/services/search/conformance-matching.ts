import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Holding } from './conformance.ts';
import { asked, entry, idsOf } from './fixtures.ts';
import type { SearchIndex } from './port.ts';

const found = async (index: SearchIndex, q: string) => idsOf(await index.search(asked(q)));

async function finds(index: SearchIndex, expected: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [q, ids] of Object.entries(expected)) assert.deepEqual(await found(index, q), ids, q);
}

const shop = (holding: Holding) =>
  holding(
    entry('mug', { title: { en: 'Moon jar mug', ko: '달항아리 머그컵' }, words: ['white', 'celadon'] }),
    entry('bowl', { title: { en: 'Celadon rice bowl', ko: '청자 밥그릇' }, description: { en: 'Beside a mug.' } }),
    entry('towel', {
      title: { en: 'Waffle bath towel', ko: '와플 목욕 수건' },
      categoryIds: ['textiles'],
      sellerId: 'weaver',
    }),
  );

/** What words find, and in which order. */
export function matchingConformance(holding: Holding): void {
  test('English is found by words, beginnings while one types, and in spite of a typing error', async () => {
    const index = await shop(holding);
    for (const q of ['waffle', 'WAF', 'wa', 'wafle', 'twoel', 'towle', 'wafffle', 'wäffle'])
      assert.deepEqual(await found(index, q), ['towel'], q);
    await finds(index, { celdon: ['bowl', 'mug'], nothing: [], mugs: ['mug', 'bowl'] });
  });

  test('Korean is found by words, inside words, across blanks, half typed and mistyped', async () => {
    const index = await shop(holding);
    for (const q of ['머그컵', '머그', '그컵', '컵', '머그 컵', '항아리', '달항', '달항아라', '머긐', '머극컵', '머ㄱ'])
      assert.deepEqual(await found(index, q), ['mug'], q);
    await finds(index, { 목욕수건: ['towel'], 접시: [] });
  });

  test('all words are needed while any product has them all, else some are enough', async () => {
    const index = await shop(holding);
    await finds(index, { 'celadon bowl': ['bowl'], 'moon 머그컵': ['mug'], 'mooon 머그컵': ['mug'] });
    assert.deepEqual((await found(index, 'waffle bowl')).sort(), ['bowl', 'towel']);
    assert.deepEqual(await found(index, 'waffle unheard-of'), ['towel']);
  });

  test('an exact title comes first, a title before a description, a word before its beginning', async () => {
    const index = await holding(
      entry('long', { title: { en: 'Tea leaves of the finest garden' }, addedAt: 3 }),
      entry('tray', { title: { en: 'Teapot tray' }, addedAt: 4 }),
      entry('tea', { title: { en: 'Tea leaves' }, addedAt: 1 }),
      entry('cup', { title: { en: 'Cup' }, description: { en: 'For tea' }, addedAt: 5 }),
    );
    assert.equal((await found(index, 'tea leaves'))[0], 'tea');
    const order = await found(index, 'tea');
    assert.deepEqual(order.slice(2), ['tray', 'cup']);
    assert.deepEqual(order.slice(0, 2).sort(), ['long', 'tea']);
  });

  test('a whole Korean syllable counts more than one that is only half typed', async () => {
    const index = await holding(
      entry('cover', { title: { ko: '쿠션 커버' }, addedAt: 2 }),
      entry('mug', { title: { ko: '머그컵' } }),
    );
    assert.deepEqual(await found(index, '컵'), ['mug', 'cover']);
  });

  test('a SKU, an option and a synonym are found', async () => {
    const index = await shop(holding);
    await finds(index, { 'SKU-bowl': ['bowl'], white: ['mug'], 타월: ['towel'], '와플 타월': ['towel'] });
  });

  test('a hit shows what the product shows', async () => {
    const title = { en: 'Mug', ko: '머그컵' };
    const index = await holding(entry('mug', { title, image: '/mug.svg', prices: { GBP: 100, KRW: 2_000 } }));
    const { hits, total } = await index.search(asked('mug'));
    const shown = { productId: 'mug', sellerId: 'pottery', title, image: '/mug.svg', prices: { GBP: 100, KRW: 2_000 } };
    assert.deepEqual(hits, [{ ...shown, availability: 'out_of_stock' }]);
    assert.equal(total, 1);
  });

  test('odd queries are answered, with nothing', async () => {
    const index = await shop(holding);
    const odd = [
      '!!!',
      '\\',
      '*',
      '%_',
      '"',
      "'",
      '\0',
      '\ud800',
      '👍',
      '(a|b)',
      '.*',
      '[가-힣',
      '𝕏',
      'ㅤ',
      '-1 OR 1=1',
      '{"a":1}',
    ];
    for (const q of odd) await index.search(asked(q));
    assert.equal((await index.search(asked('!!!'))).total, 0);
    assert.equal((await index.search(asked('   '))).total, 3);
    assert.equal((await index.search(asked('가나다라마바사'.repeat(28)))).total, 0);
    assert.equal((await (await holding()).search(asked('mug'))).total, 0);
  });
}
