import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SearchRequest } from '../../contracts/search.ts';
import type { Holding } from './conformance.ts';
import { asked, entry, idsOf } from './fixtures.ts';
import type { SearchIndex } from './port.ts';

const found = async (index: SearchIndex, changes: Partial<SearchRequest>, q = '') =>
  idsOf(await index.search(asked(q, changes)));
const sorted = async (index: SearchIndex, changes: Partial<SearchRequest>, q = '') =>
  (await found(index, changes, q)).sort();

const shop = (holding: Holding) =>
  holding(
    entry('mug', { title: { en: 'Mug' }, categoryIds: ['cups', 'gifts'] }),
    entry('bowl', { title: { en: 'Bowl' } }),
    entry('towel', { title: { en: 'Towel' }, categoryIds: ['textiles'], sellerId: 'weaver' }),
  );

/** Filters, facets, sorts and pages. */
export function filteringConformance(holding: Holding): void {
  test('filters narrow, facets count what each filter leaves to choose from', async () => {
    const index = await shop(holding);
    const { total, facets } = await index.search(asked('', { seller: 'pottery' }));
    assert.equal(total, 2);
    assert.deepEqual(facets.category, [
      { value: 'cups', count: 2 },
      { value: 'gifts', count: 1 },
    ]);
    assert.deepEqual(facets.seller, [
      { value: 'pottery', count: 2 },
      { value: 'weaver', count: 1 },
    ]);
    assert.deepEqual(facets.availability, [{ value: 'out_of_stock', count: 2 }]);
    assert.deepEqual(await found(index, { category: 'textiles' }), ['towel']);
    assert.deepEqual(await found(index, { category: 'unheard' }), []);
    assert.deepEqual(await found(index, { category: 'textiles' }, 'mug'), []);
    assert.deepEqual(await found(index, { category: 'gifts', seller: 'weaver' }), []);
  });

  test('facets count what is found, by every word of the query', async () => {
    const index = await shop(holding);
    const { facets } = await index.search(asked('towel'));
    assert.deepEqual(facets.seller, [{ value: 'weaver', count: 1 }]);
    assert.deepEqual(facets.category, [{ value: 'textiles', count: 1 }]);
  });

  test('what is sold out is left out on wish; the facet still tells how much there is', async () => {
    const index = await shop(holding);
    await index.setAvailability([{ sku: 'SKU-mug', availability: 'low_stock', version: 1 }]);
    await index.refreshed();
    const { hits, facets } = await index.search(asked('', { available: true }));
    assert.deepEqual(idsOf({ hits }), ['mug']);
    assert.deepEqual(facets.availability, [
      { value: 'out_of_stock', count: 2 },
      { value: 'low_stock', count: 1 },
    ]);
    assert.deepEqual(facets.seller, [{ value: 'pottery', count: 1 }]);
  });

  test('a price has two ends, both included; the facet tells the range that is there without them', async () => {
    const index = await holding(
      entry('a', { prices: { GBP: 100 } }),
      entry('b', { prices: { GBP: 200 } }),
      entry('c', { prices: { GBP: 300 } }),
      entry('d', { prices: { KRW: 200 } }),
    );
    const within = { priceFrom: 100, priceTo: 200, currency: 'GBP' };
    assert.deepEqual(await sorted(index, within), ['a', 'b']);
    assert.deepEqual(await found(index, { priceFrom: 201, currency: 'GBP' }), ['c']);
    assert.deepEqual(await found(index, { priceTo: 100 }), ['a'], 'the commonest currency');
    const { facets } = await index.search(asked('', within));
    assert.deepEqual(facets.price, { currency: 'GBP', lowest: 100, highest: 300 });
    assert.equal((await index.search(asked('', { currency: 'JPY' }))).facets.price, null);
    assert.equal((await (await holding()).search(asked(''))).facets.price, null);
  });

  test('options: one of the values for each name; a facet counts what its own values would leave', async () => {
    const index = await holding(
      entry('shirt', { options: { colour: ['white', 'sand'], size: ['S', 'M'] } }),
      entry('robe', { options: { colour: ['oatmeal'], size: ['M', 'L'] } }),
      entry('scarf', { options: { colour: ['white'] } }),
      entry('kept-before-options-were-told-apart', {}),
    );
    const chosen = { colour: ['white', 'oatmeal'], size: ['M'] };
    assert.deepEqual(await sorted(index, { options: chosen }), ['robe', 'shirt']);
    const { facets } = await index.search(asked('', { options: chosen }));
    const counted = facets.options.map(({ name, values }) => [
      name,
      ...values.map(({ value, count }) => `${value} ${count}`),
    ]);
    assert.deepEqual(counted, [
      ['size', 'M 2', 'L 1', 'S 1'],
      ['colour', 'oatmeal 1', 'sand 1', 'white 1'],
    ]);
    assert.deepEqual(await found(index, { options: { colour: ['unheard'] } }), []);
    assert.deepEqual(await found(index, { options: { size: ['white'] } }), [], 'a colour is no size');
  });

  test('sorting by price and age; a product without a price in the currency comes last', async () => {
    const index = await holding(
      entry('b', { prices: { GBP: 200, KRW: 10 }, addedAt: 3 }),
      entry('a', { prices: { GBP: 100, KRW: 30 }, addedAt: 1 }),
      entry('c', { prices: { KRW: 20 }, addedAt: 2 }),
    );
    assert.deepEqual(await found(index, { sort: 'price_asc', currency: 'GBP' }), ['a', 'b', 'c']);
    assert.deepEqual(await found(index, { sort: 'price_desc', currency: 'GBP' }), ['b', 'a', 'c']);
    assert.deepEqual(await found(index, { sort: 'price_asc' }), ['b', 'c', 'a']);
    assert.deepEqual(await found(index, { sort: 'newest' }), ['b', 'c', 'a']);
    assert.deepEqual(await found(index, {}), ['b', 'c', 'a'], 'without words the newest come first');
    assert.deepEqual(await sorted(index, { sort: 'price_asc', currency: 'JPY' }), ['a', 'b', 'c']);
  });

  test('pages follow each other without a gap or a repetition, in every sort, as deep as one may', async () => {
    const many = Array.from({ length: 55 }, (_, n) => entry(`p${n}`, { title: { en: 'cup' }, addedAt: n % 3 }));
    const index = await holding(...many);
    for (const sort of ['relevance', 'newest', 'price_asc'] as const) {
      const pages = [];
      for (const offset of [0, 20, 40]) pages.push(...(await found(index, { sort, offset }, 'cup')));
      assert.equal(new Set(pages).size, 55, sort);
      assert.deepEqual(pages.slice(0, 20), await found(index, { sort }, 'cup'));
    }
    const { hits, total } = await index.search(asked('cup', { offset: 10_000, limit: 100 }));
    assert.deepEqual([hits, total], [[], 55]);
  });
}
