import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { SearchRequest } from '../../contracts/search.ts';
import { filteringConformance } from './conformance-filters.ts';
import { matchingConformance } from './conformance-matching.ts';
import { asked, entry, idsOf, type OpenIndex, sourceOf } from './fixtures.ts';
import type { IndexEntry, SearchIndex } from './port.ts';

/** What every SearchIndex promises to who shops and to who keeps it filled. `open` is called once. */
export function searchIndexConformance(name: string, open: OpenIndex): void {
  describe(`${name} is a search index`, () => {
    let index: SearchIndex;
    before(async () => {
      index = await open();
    });
    after(() => index.close());

    /** Begins anew with these entries, written one after the other as they would be heard. */
    async function holding(...entries: readonly IndexEntry[]): Promise<SearchIndex> {
      await index.replaceAll(sourceOf([]));
      if (entries.length > 0) await index.put(entries);
      await index.refreshed();
      return index;
    }

    matchingConformance(holding);
    filteringConformance(holding);
    writingConformance(holding);
    rebuildConformance(holding);
  });
}

export type Holding = (...entries: readonly IndexEntry[]) => Promise<SearchIndex>;

const found = async (index: SearchIndex, q: string, changes: Partial<SearchRequest> = {}) =>
  idsOf(await index.search(asked(q, changes)));

function writingConformance(holding: Holding): void {
  test('a newer entry replaces an older one, never the other way round, and repeating is harmless', async () => {
    const index = await holding(entry('mug', { title: { en: 'Mug' } }), entry('bowl'));
    const newest = entry('mug', { version: 3, title: { en: 'Tumbler' }, categoryIds: ['drinking'] });
    await index.put([newest]);
    await index.put([entry('mug', { version: 2, title: { en: 'Beaker' } })]);
    await index.put([newest]);
    await index.put([entry('mug', { version: 3, title: { en: 'Another with the same version' } })]);
    await index.refreshed();
    assert.deepEqual(await found(index, 'tumbler'), ['mug']);
    assert.deepEqual(await found(index, 'beaker'), []);
    assert.deepEqual(await found(index, 'another'), []);
    const { facets, total } = await index.search(asked(''));
    assert.equal(total, 2);
    assert.equal(index.size(), 2);
    assert.deepEqual(facets.category, [
      { value: 'cups', count: 1 },
      { value: 'drinking', count: 1 },
    ]);
  });

  test('what was removed stays away, whatever comes late, until a newer entry brings it back', async () => {
    const index = await holding(entry('mug'), entry('bowl'));
    await index.remove('mug', 2);
    await index.remove('never-seen', 5);
    await index.remove('bowl', 1);
    await index.put([entry('mug', { version: 1 }), entry('mug', { version: 2 }), entry('never-seen', { version: 4 })]);
    await index.setAvailability([{ sku: 'SKU-mug', availability: 'in_stock', version: 9 }]);
    await index.remove('mug', 2);
    await index.refreshed();
    assert.deepEqual(await found(index, ''), ['bowl'], 'a removal with the version of the entry is late as well');
    assert.equal(index.size(), 1);
    await index.put([entry('mug', { version: 3 })]);
    await index.refreshed();
    assert.deepEqual((await found(index, '')).sort(), ['bowl', 'mug']);
    const [mug] = (await index.search(asked('mug'))).hits;
    assert.equal(mug?.availability, 'in_stock', 'what was told of its stock meanwhile counts');
  });

  test('availability is the best of the SKUs’, told before or after the product, and versions decide', async () => {
    const index = await holding();
    const level = async (sku: string, availability: 'in_stock' | 'low_stock' | 'out_of_stock', version: number) => {
      await index.setAvailability([{ sku, availability, version }]);
      await index.refreshed();
      return (await index.search(asked('mug'))).hits[0]?.availability;
    };
    await level('A', 'low_stock', 4);
    await index.put([entry('mug', { skus: ['A', 'B'] })]);
    assert.equal(await level('A', 'in_stock', 3), 'low_stock', 'an older change came late');
    assert.equal(await level('B', 'in_stock', 1), 'in_stock');
    assert.equal(await level('B', 'out_of_stock', 2), 'low_stock');
    assert.equal(await level('A', 'low_stock', 4), 'low_stock', 'a repetition');
    assert.equal(await level('A', 'out_of_stock', 5), 'out_of_stock');
    await index.put([entry('mug', { version: 2, skus: ['B', 'C'] })]);
    assert.equal(await level('A', 'in_stock', 6), 'out_of_stock', 'it has no such SKU any more');
    assert.equal(await level('C', 'in_stock', 1), 'in_stock');
    await index.put([entry('mug', { version: 3, skus: ['A', 'B', 'C'] })]);
    assert.equal(await level('C', 'out_of_stock', 2), 'in_stock', 'what A was told while it belonged to nobody');
  });

  test('many writes at once, each repeated and out of order, end in what their versions say', async () => {
    const index = await holding();
    const writes = Array.from({ length: 12 }, (_, at) => 1 + ((at * 5) % 12)).flatMap((version) => [
      () => index.put([entry('mug', { version, title: { en: `v${version}` }, skus: ['A', `S${version}`] })]),
      () => index.setAvailability([{ sku: 'A', availability: version === 12 ? 'low_stock' : 'in_stock', version }]),
    ]);
    await Promise.all([...writes, ...writes].map((write) => write()));
    await index.refreshed();
    const { hits, total } = await index.search(asked(''));
    assert.equal(total, 1);
    assert.deepEqual(hits[0]?.title, { en: 'v12' });
    assert.equal(hits[0]?.availability, 'low_stock');
  });
}

function rebuildConformance(holding: Holding): void {
  test('while an index is filled anew the old one serves, and what is written meanwhile is in the new one', async () => {
    const index = await holding(entry('old'), entry('gone'));
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    async function* slowly() {
      yield [entry('old'), entry('gone'), entry('late')];
      await gate;
    }
    let served = 0;
    const searching = new AbortController();
    const searches = (async () => {
      for (; !searching.signal.aborted; served++) {
        assert.ok((await found(index, 'old')).length <= 1);
        await pause(2);
      }
    })();
    const rebuilt = index.replaceAll({ availability: sourceOf([]).availability, entries: slowly() });
    await pause(50);
    assert.deepEqual((await found(index, '')).sort(), ['gone', 'old']);
    await index.put([entry('new'), entry('old', { version: 2, title: { en: 'renewed' } })]);
    await index.remove('gone', 2);
    await index.setAvailability([{ sku: 'SKU-late', availability: 'in_stock', version: 1 }]);
    await index.refreshed();
    assert.deepEqual((await found(index, '')).sort(), ['new', 'old']);
    release();
    assert.equal(await rebuilt, 3);
    searching.abort();
    await searches;
    assert.ok(served > 0);
    assert.deepEqual((await found(index, '')).sort(), ['late', 'new', 'old']);
    assert.deepEqual(await found(index, 'renewed'), ['old']);
    assert.deepEqual(await found(index, 'late', { available: true }), ['late']);
  });

  test('availability told while an index fills is not undone by what it is filled with', async () => {
    const index = await holding();
    async function* stale() {
      await index.setAvailability([{ sku: 'SKU-mug', availability: 'in_stock', version: 1 }]);
      yield [{ sku: 'SKU-mug', availability: 'out_of_stock', version: 1 } as const];
    }
    await index.replaceAll({ availability: stale(), entries: sourceOf([entry('mug')]).entries });
    assert.equal((await index.search(asked('mug'))).hits[0]?.availability, 'in_stock');
  });

  test('what it is filled with is all that it holds then, with its stock', async () => {
    const index = await holding(entry('old'), entry('kept', { version: 7 }));
    const stock = [
      { sku: 'SKU-kept', availability: 'low_stock', version: 2 },
      { sku: 'SKU-next', availability: 'in_stock', version: 3 },
    ] as const;
    const filled = sourceOf([entry('kept', { version: 7 }), entry('next', { addedAt: 2 })], stock);
    assert.equal(await index.replaceAll(filled), 2);
    assert.equal(index.size(), 2);
    const { hits } = await index.search(asked('', { sort: 'newest' }));
    assert.deepEqual(
      hits.map(({ productId, availability }) => [productId, availability]),
      [
        ['next', 'in_stock'],
        ['kept', 'low_stock'],
      ],
    );
  });

  test('a filling that fails leaves the old index as it is', async () => {
    const index = await holding(entry('old'));
    async function* broken(): AsyncGenerator<readonly IndexEntry[]> {
      yield [entry('half')];
      throw new Error('the storage is out of reach');
    }
    const { availability } = sourceOf([]);
    await assert.rejects(index.replaceAll({ entries: broken(), availability }), /out of reach/);
    assert.deepEqual(await found(index, ''), ['old']);
    await index.put([entry('more')]);
    await index.refreshed();
    assert.deepEqual((await found(index, '')).sort(), ['more', 'old']);
    assert.equal(await index.replaceAll(sourceOf([entry('next')])), 1);
    assert.deepEqual(await found(index, ''), ['next']);
  });
}
