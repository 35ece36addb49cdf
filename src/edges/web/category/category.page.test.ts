import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sleep } from '../../../platform/clock/port.ts';
import { systemClock } from '../../../platform/clock/system.ts';
import { askedFor, browseShop, productOf } from '../browse-harness.ts';
import type { ListingQuery } from '../listing/filters.ts';
import { categoryPage } from './category.page.ts';

const goods = () => [
  productOf('moon-mug', {}, [{ colour: 'white' }, { colour: 'ink' }]),
  productOf('tall-mug', { sellerId: 'weaver' }, [{ colour: 'white', size: 'L' }]),
  productOf('dear-mug', {
    variants: [{ sku: 'DEAR', options: { size: 'S' }, prices: { GBP: 9_950 } }],
  }),
  productOf('towel', { categoryIds: ['cloth'] }),
];

async function opened() {
  const shop = await browseShop(goods());
  const { gather } = categoryPage(shop.parts);
  const list = async (query: ListingQuery = {}, categoryId = 'cups') => {
    const { view, keep, missing } = await gather(askedFor({ categoryId }, query));
    return { ...view.listing, ids: view.listing.products.map(({ productId }) => productId), keep, missing, view };
  };
  return { ...shop, gather, list, [Symbol.asyncDispose]: shop[Symbol.asyncDispose] };
}

/** The list once it shows so many: the catalogue's own is a view, and may be a moment behind. */
async function whenListed<Listing extends { readonly ids: readonly string[] }>(
  list: () => Promise<Listing>,
  count: number,
): Promise<Listing> {
  for (;;) {
    const listing = await list();
    if (listing.ids.length >= count) return listing;
    await sleep(systemClock, 5);
  }
}

describe('a category', () => {
  it('lists its products as cards, newest first, with what they can be narrowed by', async () => {
    await using shop = await opened();
    const { ids, products, facets, keep, view } = await shop.list();
    assert.deepEqual(ids, ['dear-mug', 'tall-mug', 'moon-mug']);
    assert.equal(view.name, 'Cups');
    assert.deepEqual(products[2], {
      ...{ productId: 'moon-mug', title: 'moon mug', image: '/images/cups/moon-mug.svg' },
      ...{ price: { amount: 1_000, currency: 'GBP' }, hasDearer: true, availability: 'in_stock' },
      ...{ seller: 'Pottery', colours: ['white', 'ink'] },
    });
    assert.equal(keep, true);
    assert.deepEqual(
      facets?.options.map(({ name, values }) => [name, values.map((each) => [each.value, each.count])]),
      [
        [
          'colour',
          [
            ['ink', 1],
            ['white', 2],
          ],
        ],
        [
          'size',
          [
            ['S', 1],
            ['L', 1],
          ],
        ],
      ],
    );
    assert.deepEqual(facets?.price, { currency: 'GBP', lowest: 1_000, highest: 9_950 });
    assert.deepEqual(
      facets?.sellers.map(({ name, count }) => [name, count]),
      [
        ['Pottery', 2],
        ['Weaver', 1],
      ],
    );
  });

  it('is narrowed and sorted by its address; what cannot be understood is ignored', async () => {
    await using shop = await opened();
    assert.deepEqual((await shop.list({ option: ['colour:white'] })).ids, ['tall-mug', 'moon-mug']);
    assert.deepEqual((await shop.list({ option: ['colour:white', 'size:L'] })).ids, ['tall-mug']);
    assert.deepEqual((await shop.list({ seller: 'weaver' })).ids, ['tall-mug']);
    assert.deepEqual((await shop.list({ from: '99.50' })).ids, ['dear-mug']);
    assert.deepEqual((await shop.list({ to: '10' })).ids.sort(), ['moon-mug', 'tall-mug']);
    assert.deepEqual((await shop.list({ from: '99.50', in: 'KRW' })).ids.length, 3, 'money of another currency');
    assert.deepEqual((await shop.list({ sort: 'price_desc' })).ids[0], 'dear-mug');
    const odd = { sort: 'odd', page: '-4', from: 'cheap', seller: '<script>', option: ['colour', ':', 'a:'] };
    assert.deepEqual((await shop.list(odd)).ids, ['dear-mug', 'tall-mug', 'moon-mug']);
    assert.equal((await shop.list(odd)).narrowed, 0);
    await shop.stockOf('TALL-MUG-0', 'out_of_stock');
    const available = await shop.list({ available: '1' });
    assert.deepEqual([available.ids, available.facets?.available], [['dear-mug', 'moon-mug'], 2]);
  });

  it('keeps what is chosen in sight when nothing is left', async () => {
    await using shop = await opened();
    const { total, narrowed, facets } = await shop.list({ option: ['colour:plum'], seller: 'weaver' });
    assert.deepEqual([total, narrowed], [0, 2]);
    const colours = facets?.options.find(({ name }) => name === 'colour')?.values ?? [];
    assert.deepEqual(colours.find(({ value }) => value === 'plum')?.isChosen, true);
    assert.deepEqual(
      facets?.sellers.filter(({ isChosen }) => isChosen).map(({ value }) => value),
      ['weaver'],
    );
  });

  it('may be empty, may be paged beyond its end, and must exist', async () => {
    await using shop = await opened();
    assert.equal((await shop.list({}, 'empty')).total, 0);
    const beyond = await shop.list({ page: '9' });
    assert.deepEqual([beyond.ids, beyond.total, beyond.pages, beyond.page], [[], 3, 1, 9]);
    await assert.rejects(shop.list({}, 'unheard'), { code: 'unknown_category' });
  });

  it('shows the catalogue’s own list while the search is gone or late, and keeps no copy', async () => {
    await using shop = await opened();
    for (const fate of ['gone', 'late'] as const) {
      shop.fate('search', fate);
      const { ids, facets, keep } = await whenListed(shop.list, 3);
      assert.deepEqual(ids.sort(), ['dear-mug', 'moon-mug', 'tall-mug'], fate);
      assert.deepEqual([facets, keep], [null, false]);
    }
    shop.fate('search', undefined);
    assert.equal((await shop.list()).keep, true);
  });
});
