import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Product } from '../../contracts/catalog.ts';
import type { search } from '../../contracts/search.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import { type ServiceUnderTest, serviceUnderTest } from '../../platform/service/service-harness.ts';
import { searchService } from './service.ts';

type Search = ServiceUnderTest<typeof search>;

/** Hears an event as the subscription would, and commits its effects. */
async function hear({ kit, running }: Search, type: string, data: object, version = 1): Promise<void> {
  const event = { source: 'any', type, data, subject: 'any', version, at: 0 } as unknown as HeardEvent;
  for (const { on } of running.subscriptions ?? []) {
    const effects = await on[type]?.(event);
    if (effects !== undefined) await kit.store.decide(effects);
  }
}

function product(productId: string, en: string, ko: string, amount = 1_000): Product {
  return {
    productId,
    sellerId: 'pottery',
    categoryIds: ['cups'],
    title: { en, ko },
    description: {},
    images: [`/images/cups/${productId}.svg`],
    variants: [
      { sku: `${productId}-1`, options: { colour: 'white' }, prices: { GBP: amount + 50, KRW: 9_000 } },
      { sku: `${productId}-2`, options: { colour: 'black' }, prices: { GBP: amount } },
    ],
  };
}

const changed = (each: Product, changedAt = 1) => ({ product: each, addedAt: 1, changedAt, leftCategoryIds: [] });
const get = async ({ http }: Search, url: string) => (await http.inject({ url })).json();
const ids = ({ hits }: { hits: { productId: string }[] }) => hits.map(({ productId }) => productId);

async function opened(): Promise<Search> {
  const under = await serviceUnderTest(searchService);
  await hear(under, 'ProductChanged', changed(product('mug', 'Moon jar mug', '달항아리 머그컵')));
  await hear(under, 'ProductChanged', changed(product('bowl', 'Rice bowl', '밥그릇', 2_000)));
  return under;
}

test('what the catalogue tells is found, in both languages, with money and facets', async () => {
  await using shop = await opened();
  await hear(shop, 'AvailabilityChanged', { sku: 'mug-2', availability: 'low_stock' });
  assert.deepEqual(await get(shop, `/v1/search?q=${encodeURIComponent('항아리')}`), {
    hits: [
      {
        productId: 'mug',
        sellerId: 'pottery',
        title: { en: 'Moon jar mug', ko: '달항아리 머그컵' },
        image: '/images/cups/mug.svg',
        prices: [
          { amount: 1_000, currency: 'GBP' },
          { amount: 9_000, currency: 'KRW' },
        ],
        availability: 'low_stock',
      },
    ],
    total: 1,
    facets: {
      category: [{ value: 'cups', count: 1 }],
      seller: [{ value: 'pottery', count: 1 }],
      availability: [{ value: 'low_stock', count: 1 }],
      options: [
        {
          name: 'colour',
          values: [
            { value: 'black', count: 1 },
            { value: 'white', count: 1 },
          ],
        },
      ],
      price: { currency: 'GBP', lowest: 1_000, highest: 1_000 },
    },
    nextCursor: null,
  });
  assert.deepEqual(ids(await get(shop, '/v1/search?q=black%20bowl')), ['bowl']);
  assert.deepEqual(ids(await get(shop, '/v1/search?sort=price_asc&currency=GBP')), ['mug', 'bowl']);
});

test('filters narrow what is found, and a cursor belongs to its filters', async () => {
  await using shop = await opened();
  await hear(shop, 'AvailabilityChanged', { sku: 'mug-2', availability: 'in_stock' });
  assert.deepEqual(ids(await get(shop, '/v1/search?available=true')), ['mug']);
  assert.deepEqual(ids(await get(shop, '/v1/search?priceFrom=1500&currency=GBP')), ['bowl']);
  assert.deepEqual(ids(await get(shop, '/v1/search?priceTo=1500&currency=GBP')), ['mug']);
  assert.deepEqual(ids(await get(shop, '/v1/search?option=colour:white&option=colour:black&limit=1&q=mug')), ['mug']);
  assert.deepEqual(ids(await get(shop, '/v1/search?option=colour:red')), []);
  const first = await get(shop, '/v1/search?limit=1&option=colour:white');
  const second = await get(shop, `/v1/search?limit=1&option=colour:white&cursor=${first.nextCursor}`);
  assert.deepEqual([...ids(first), ...ids(second)].sort(), ['bowl', 'mug']);
  assert.equal((await get(shop, `/v1/search?limit=1&cursor=${first.nextCursor}`)).code, 'invalid_cursor');
  assert.equal((await get(shop, '/v1/search?option=colour')).code, 'validation_failed');
});

test('changes and withdrawals are followed', async () => {
  await using shop = await opened();
  await hear(shop, 'ProductChanged', changed(product('mug', 'Tumbler', '텀블러')), 2);
  await hear(shop, 'ProductWithdrawn', { productId: 'bowl', leftCategoryIds: ['cups'] }, 2);
  assert.deepEqual(ids(await get(shop, '/v1/search')), ['mug']);
  assert.deepEqual(ids(await get(shop, '/v1/search?q=tumbler')), ['mug']);
  assert.equal((await get(shop, '/v1/search?q=jar')).total, 0);
});

test('pages follow the cursor, which belongs to its query', async () => {
  await using shop = await opened();
  const first = await get(shop, '/v1/search?limit=1&sort=newest');
  const second = await get(shop, `/v1/search?limit=1&sort=newest&cursor=${first.nextCursor}`);
  assert.deepEqual([...ids(first), ...ids(second)].sort(), ['bowl', 'mug']);
  assert.equal(second.nextCursor, null);
  assert.equal((await get(shop, `/v1/search?q=mug&cursor=${first.nextCursor}`)).code, 'invalid_cursor');
  assert.equal((await get(shop, '/v1/search?limit=101')).code, 'validation_failed');
  assert.equal((await get(shop, '/v1/search?sort=best')).code, 'validation_failed');
});

test('those who keep copies are told once the index answers anew', async () => {
  await using shop = await opened();
  const { promise, resolve } = Promise.withResolvers<void>();
  shop.invalidations.subscribe(async (tags) => {
    assert.deepEqual(tags, ['search']);
    if (ids(await get(shop, '/v1/search?q=beaker')).length === 1) resolve();
  }, assert.fail);
  await hear(shop, 'ProductChanged', changed(product('mug', 'Beaker', '비커')), 2);
  await promise;
});

test('a service that starts fills its index from what was kept', async () => {
  await using shop = await opened();
  await hear(shop, 'AvailabilityChanged', { sku: 'bowl-1', availability: 'in_stock' });
  const again = await searchService.start(shop.kit);
  try {
    const outcome = await again.handlers.search({ q: 'bowl', limit: 5, offset: 0 }, {});
    assert.ok(outcome.kind === 'done');
    assert.deepEqual(
      outcome.answer.hits.map(({ productId, availability }) => [productId, availability]),
      [['bowl', 'in_stock']],
    );
  } finally {
    await again.stop?.();
  }
});

test('an administrator has the index filled anew', async () => {
  await using shop = await opened();
  const answer = await shop.http.inject({ method: 'POST', url: '/v1/admin/search/rebuild' });
  assert.deepEqual(answer.json(), { products: 2 });
  assert.equal((await get(shop, '/v1/search')).total, 2);
});
