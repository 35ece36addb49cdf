import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HttpServer } from '../../../platform/http/port.ts';
import { serverUnderTest } from '../../../platform/http/server-harness.ts';
import { askedFor, browseShop, productOf } from '../browse-harness.ts';
import { searchPage } from './search.page.ts';
import { suggestionRoutes } from './suggestion-routes.ts';

const goods = () => [
  productOf('moon-mug', { title: { en: 'Moon jar mug', ko: '달항아리 머그컵' } }),
  productOf('bowl', { title: { en: 'Rice bowl', ko: '밥그릇' } }),
  productOf('towel', { title: { en: 'Waffle towel', ko: '와플 수건' }, categoryIds: ['cloth'], sellerId: 'weaver' }),
];

describe('the search page', () => {
  it('finds by words of either language, half-typed ones too, and tells whose goods are shown', async () => {
    await using shop = await browseShop(goods());
    const { gather } = searchPage(shop.parts);
    const found = async (query: object) => (await gather(askedFor({}, query, 'ko', 'KRW'))).view;
    for (const q of ['머긐', ' 그컵 ', 'moon'])
      assert.deepEqual(
        (await found({ q })).listing.products.map(({ title }) => title),
        ['달항아리 머그컵'],
        q,
      );
    assert.equal((await found({ q: 'moon' })).listing.sort, 'relevance');
    const everything = await found({});
    assert.deepEqual([everything.listing.total, everything.listing.sort, everything.seller], [3, 'newest', null]);
    const weaver = await found({ seller: 'weaver' });
    assert.deepEqual([weaver.listing.total, weaver.seller], [1, '직조']);
  });

  it('offers what is new to those who find nothing', async () => {
    await using shop = await browseShop(goods());
    const { gather } = searchPage(shop.parts);
    const { view } = await gather(askedFor({}, { q: 'xqzzv' }));
    assert.equal(view.listing.total, 0);
    assert.equal(view.instead.length, 3);
    assert.deepEqual((await gather(askedFor({}, { q: 'mug' }))).view.instead, []);
  });

  it('says so when the search is gone, and shows hits as the search knows them when the catalogue is late', async () => {
    await using shop = await browseShop(goods());
    const { gather } = searchPage(shop.parts);
    shop.fate('catalog', 'gone');
    const { view, keep, missing } = await gather(askedFor({}, { q: 'bowl' }));
    assert.deepEqual(view.listing.products[0], {
      ...{ productId: 'bowl', title: 'Rice bowl', image: '/images/cups/bowl.svg' },
      ...{ price: { amount: 1_000, currency: 'GBP' }, hasDearer: false, availability: 'in_stock' },
      ...{ seller: null, colours: [] },
    });
    assert.deepEqual([keep, missing], [false, ['products', 'sellers']]);
    shop.fate('catalog', undefined);
    shop.fate('search', 'gone');
    const without = await gather(askedFor({}, { q: 'bowl' }));
    assert.deepEqual([without.view.listing.facets, without.view.listing.products, without.keep], [null, [], false]);
  });
});

describe('suggestions', () => {
  it('are products and categories for what is typed so far', async () => {
    await using shop = await browseShop(goods());
    const http = await serverUnderTest();
    await http.register(async (scope) => suggestionRoutes(shop.parts)(scope as HttpServer));
    const get = async (url: string) => (await http.inject({ url })).json();
    const q = encodeURIComponent('머긐');
    assert.deepEqual(await get(`/web/v1/ko/suggestions?q=${q}&currency=KRW`), {
      products: [
        {
          productId: 'moon-mug',
          title: '달항아리 머그컵',
          image: '/images/cups/moon-mug.svg',
          price: { amount: 15_000, currency: 'KRW' },
        },
      ],
      categories: [{ categoryId: 'cups', name: '컵' }],
      total: 1,
    });
    const named = await get('/web/v1/en/suggestions?q=empty');
    assert.deepEqual([named.categories.map((each: { name: string }) => each.name), named.total], [['Empty shelf'], 0]);
    assert.equal((await get('/web/v1/en/suggestions?q=')).code, 'validation_failed');
    shop.fate('catalog', 'gone');
    assert.equal((await get('/web/v1/en/suggestions?q=mug')).products.length, 1);
    shop.fate('search', 'gone');
    assert.equal((await get('/web/v1/en/suggestions?q=mug')).code, 'unavailable');
    await http.close();
  });
});
