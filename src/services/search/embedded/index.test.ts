import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchRequest } from '../../../contracts/search.ts';
import { asked, entry } from '../fixtures.ts';
import type { IndexEntry } from '../port.ts';
import { createIndex, type EmbeddedIndex } from './index.ts';

function indexOf(...entries: IndexEntry[]): EmbeddedIndex {
  const index = createIndex();
  for (const each of entries) index.put(each);
  return index;
}

function found(index: EmbeddedIndex, q: string, changes: Partial<SearchRequest> = {}): string[] {
  return index.search(asked(q, changes)).hits.map(({ productId }) => productId);
}

const shop = () =>
  indexOf(
    entry('mug', { title: { en: 'Moon jar mug', ko: '달항아리 머그컵' }, words: ['white', 'celadon'] }),
    entry('bowl', { title: { en: 'Celadon rice bowl', ko: '청자 밥그릇' }, description: { en: 'Beside a mug.' } }),
    entry('towel', {
      title: { en: 'Waffle bath towel', ko: '와플 목욕 수건' },
      categoryIds: ['textiles'],
      sellerId: 'weaver',
    }),
  );

test('English is found by words, beginnings and in spite of a typing error', () => {
  assert.deepEqual(found(shop(), 'waffle'), ['towel']);
  assert.deepEqual(found(shop(), 'WAF'), ['towel']);
  assert.deepEqual(found(shop(), 'wafle'), ['towel']);
  assert.deepEqual(found(shop(), 'twoel'), ['towel']);
  assert.deepEqual(found(shop(), 'celdon'), ['bowl', 'mug']);
  assert.deepEqual(found(shop(), 'nothing'), []);
});

test('Korean is found by words, inside words, across blanks, half typed and mistyped', () => {
  for (const q of ['머그컵', '머그', '그컵', '컵', '머그 컵', '항아리', '달항', '달항아라', '머긐', '머극컵'])
    assert.deepEqual(found(shop(), q), ['mug'], q);
  assert.deepEqual(found(shop(), '목욕수건'), ['towel']);
  assert.deepEqual(found(shop(), '접시'), []);
});

test('all words are needed while any product has them all, else some are enough', () => {
  assert.deepEqual(found(shop(), 'celadon bowl'), ['bowl']);
  assert.deepEqual(found(shop(), 'moon 머그컵'), ['mug']);
  assert.deepEqual(found(shop(), 'waffle bowl').sort(), ['bowl', 'towel']);
});

test('a title counts more than a description, a word more than its beginning', () => {
  assert.deepEqual(found(shop(), 'mug'), ['mug', 'bowl']);
  const index = indexOf(entry('tray', { title: { en: 'Teapot tray' } }), entry('tea', { title: { en: 'Tea leaves' } }));
  assert.deepEqual(found(index, 'tea'), ['tea', 'tray']);
});

test('a whole Korean syllable counts more than one that is only half typed', () => {
  const index = indexOf(entry('cover', { title: { ko: '쿠션 커버' } }), entry('mug', { title: { ko: '머그컵' } }));
  assert.deepEqual(found(index, '컵'), ['mug', 'cover']);
});

test('a SKU and an option are found', () => {
  assert.deepEqual(found(shop(), 'SKU-bowl'), ['bowl']);
  assert.deepEqual(found(shop(), 'white'), ['mug']);
});

test('filters narrow, facets count what each filter leaves to choose from', () => {
  const answer = shop().search(asked('', { seller: 'pottery' }));
  assert.equal(answer.total, 2);
  assert.deepEqual(answer.facets.category, [{ value: 'cups', count: 2 }]);
  assert.deepEqual(answer.facets.seller, [
    { value: 'pottery', count: 2 },
    { value: 'weaver', count: 1 },
  ]);
  assert.deepEqual(answer.facets.availability, [{ value: 'out_of_stock', count: 2 }]);
  assert.deepEqual(found(shop(), '', { category: 'textiles' }), ['towel']);
  assert.deepEqual(found(shop(), '', { category: 'unheard' }), []);
  assert.deepEqual(found(shop(), 'mug', { category: 'textiles' }), []);
});

test('what is sold out is left out on wish; the facet still tells how much there is', () => {
  const index = shop();
  index.setAvailability({ sku: 'SKU-mug', availability: 'low_stock' });
  const answer = index.search(asked('', { available: true }));
  assert.deepEqual(
    answer.hits.map(({ productId }) => productId),
    ['mug'],
  );
  assert.deepEqual(answer.facets.availability, [
    { value: 'out_of_stock', count: 2 },
    { value: 'low_stock', count: 1 },
  ]);
  assert.deepEqual(answer.facets.seller, [{ value: 'pottery', count: 1 }]);
});

test('a price has two ends, both included; the facet tells the range that is there without them', () => {
  const index = indexOf(
    entry('a', { prices: { GBP: 100 } }),
    entry('b', { prices: { GBP: 200 } }),
    entry('c', { prices: { GBP: 300 } }),
    entry('d', { prices: { KRW: 200 } }),
  );
  const within = { priceFrom: 100, priceTo: 200, currency: 'GBP' };
  assert.deepEqual(found(index, '', within).sort(), ['a', 'b']);
  assert.deepEqual(found(index, '', { priceFrom: 201, currency: 'GBP' }), ['c']);
  assert.deepEqual(found(index, '', { priceTo: 100 }), ['a'], 'the commonest currency');
  assert.deepEqual(index.search(asked('', within)).facets.price, { currency: 'GBP', lowest: 100, highest: 300 });
  assert.equal(index.search(asked('', { currency: 'JPY' })).facets.price, null);
  assert.equal(createIndex().search(asked('')).facets.price, null);
});

test('options: one of the values for each name; a facet counts what its own values would leave', () => {
  const index = indexOf(
    entry('shirt', { options: { colour: ['white', 'sand'], size: ['S', 'M'] } }),
    entry('robe', { options: { colour: ['oatmeal'], size: ['M', 'L'] } }),
    entry('scarf', { options: { colour: ['white'] } }),
    entry('kept before options were told apart', {}),
  );
  const chosen = { colour: ['white', 'oatmeal'], size: ['M'] };
  assert.deepEqual(found(index, '', { options: chosen }).sort(), ['robe', 'shirt']);
  assert.deepEqual(index.search(asked('', { options: chosen })).facets.options, [
    {
      name: 'size',
      values: [
        { value: 'M', count: 2 },
        { value: 'L', count: 1 },
        { value: 'S', count: 1 },
      ],
    },
    {
      name: 'colour',
      values: [
        { value: 'oatmeal', count: 1 },
        { value: 'sand', count: 1 },
        { value: 'white', count: 1 },
      ],
    },
  ]);
  assert.deepEqual(found(index, '', { options: { colour: ['unheard'] } }), []);
  assert.deepEqual(found(index, '', { options: { size: ['white'] } }), [], 'a colour is no size');
});

test('sorting by price and age; a product without a price in the currency comes last', () => {
  const index = indexOf(
    entry('b', { prices: { GBP: 200, KRW: 10 }, addedAt: 3 }),
    entry('a', { prices: { GBP: 100, KRW: 30 }, addedAt: 1 }),
    entry('c', { prices: { KRW: 20 }, addedAt: 2 }),
  );
  assert.deepEqual(found(index, '', { sort: 'price_asc', currency: 'GBP' }), ['a', 'b', 'c']);
  assert.deepEqual(found(index, '', { sort: 'price_desc', currency: 'GBP' }), ['b', 'a', 'c']);
  assert.deepEqual(found(index, '', { sort: 'price_asc' }), ['b', 'c', 'a']);
  assert.deepEqual(found(index, '', { sort: 'newest' }), ['b', 'c', 'a']);
  assert.deepEqual(found(index, '', { sort: 'price_asc', currency: 'JPY' }).sort(), ['a', 'b', 'c']);
});

test('pages follow each other without a gap or a repetition, in every sort', () => {
  const index = indexOf(
    ...Array.from({ length: 55 }, (_, n) => entry(`p${n}`, { title: { en: 'cup' }, addedAt: n % 3 })),
  );
  for (const sort of ['relevance', 'newest', 'price_asc'] as const) {
    const pages = [0, 20, 40].flatMap((offset) => found(index, 'cup', { sort, offset }));
    assert.equal(new Set(pages).size, 55, sort);
    assert.deepEqual(pages.slice(0, 20), found(index, 'cup', { sort }));
  }
});

test('a newer entry replaces an older one, never the other way round', () => {
  const index = shop();
  index.put(entry('mug', { version: 3, title: { en: 'Tumbler' } }));
  index.put(entry('mug', { version: 2, title: { en: 'Beaker' } }));
  assert.deepEqual(found(index, 'tumbler'), ['mug']);
  assert.deepEqual(found(index, 'beaker'), []);
  assert.deepEqual(found(index, '머그컵'), []);
  assert.equal(index.size(), 3);
  assert.deepEqual(index.search(asked('')).facets.category, [
    { value: 'cups', count: 2 },
    { value: 'textiles', count: 1 },
  ]);
});

test('what was removed stays away, a late entry notwithstanding', () => {
  const index = shop();
  index.remove('mug', 2);
  index.remove('never-seen', 5);
  index.put(entry('mug', { version: 1 }));
  index.put(entry('never-seen', { version: 4 }));
  assert.deepEqual(found(index, '머그컵'), []);
  assert.equal(index.size(), 2);
  index.put(entry('mug', { version: 3 }));
  assert.deepEqual(found(index, 'mug'), ['mug', 'bowl']);
});

test('availability is the best of the product’s SKUs, told before or after the product', () => {
  const index = createIndex();
  index.setAvailability({ sku: 'A', availability: 'low_stock' });
  index.put(entry('mug', { skus: ['A', 'B'] }));
  const now = () => index.search(asked('mug')).hits[0]?.availability;
  assert.equal(now(), 'low_stock');
  index.setAvailability({ sku: 'B', availability: 'in_stock' });
  assert.equal(now(), 'in_stock');
  index.setAvailability({ sku: 'B', availability: 'out_of_stock' });
  index.setAvailability({ sku: 'A', availability: 'out_of_stock' });
  assert.equal(now(), 'out_of_stock');
  index.setAvailability({ sku: 'A', availability: 'in_stock' }, true);
  assert.equal(now(), 'out_of_stock', 'an older answer must not replace a newer one');
});

test('odd queries are answered, with nothing', () => {
  for (const q of [
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
  ])
    assert.doesNotThrow(() => shop().search(asked(q)), q);
  assert.equal(shop().search(asked('!!!')).total, 0);
  assert.equal(shop().search(asked('   ')).total, 3);
  assert.equal(createIndex().search(asked('mug')).total, 0);
});

test('an index that is mostly outdated says so', () => {
  const index = createIndex();
  for (let version = 1; version <= 10_001; version++) index.put(entry('mug', { version }));
  assert.equal(index.health().worn, true);
  assert.equal(shop().health().worn, false);
});
