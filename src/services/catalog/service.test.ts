import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { catalog, Product } from '../../contracts/catalog.ts';
import { inventory } from '../../contracts/inventory.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import { type ServiceUnderTest, serviceUnderTest } from '../../platform/service/service-harness.ts';
import { cups, mug, pottery } from './fixtures.ts';
import { sampleCatalogue } from './sample/sample.ts';
import { catalogService } from './service.ts';

type Catalog = ServiceUnderTest<typeof catalog>;

/** A catalogue with its seller and category, and what it told inventory. */
async function opened() {
  const onHand = new Map<string, number>();
  const setOnHand = async (level: { sku: string; onHand: number }) => {
    onHand.set(level.sku, level.onHand);
    return done({ ...level, reserved: 0, sold: 0 });
  };
  const under = await serviceUnderTest(catalogService, [{ contract: inventory, handlers: { setOnHand } }]);
  await under.running.handlers.putSeller(pottery, {});
  await under.running.handlers.putCategory(cups, {});
  return { ...under, under, onHand, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

/** Hears an event as the subscription would, and commits its effects. */
async function hear({ kit, running }: Catalog, type: string, data: object): Promise<void> {
  const event = { source: 'inventory', type, data, subject: 'any', version: 1, at: 0 } as unknown as HeardEvent;
  for (const { on } of running.subscriptions ?? []) {
    const effects = await on[type]?.(event);
    if (effects !== undefined) await kit.store.decide(effects);
  }
}

async function put({ running }: Catalog, product: Product): Promise<Outcome<unknown>> {
  return running.handlers.putProduct(product, {});
}

const codeOf = (outcome: Outcome<unknown>) => (outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind);
const get = ({ http }: Catalog, url: string, headers = {}) => http.inject({ url, headers });

test('a product page is served, cached by its tag, and replaced by every change', async () => {
  await using shop = await opened();
  assert.equal((await get(shop, '/v1/products/mug')).json().code, 'unknown_product');
  await put(shop, mug());
  const first = await get(shop, '/v1/products/mug');
  assert.equal(first.statusCode, 200);
  assert.equal(first.json().availability, 'out_of_stock');
  const etag = String(first.headers.etag);
  assert.equal((await get(shop, '/v1/products/mug', { 'if-none-match': etag })).statusCode, 304);

  await hear(shop, 'AvailabilityChanged', { sku: 'MUG-B', availability: 'in_stock' });
  const second = await get(shop, '/v1/products/mug', { 'if-none-match': etag });
  assert.equal(second.json().availability, 'in_stock');

  await shop.running.handlers.setPrice({ sku: 'MUG-W', currency: 'GBP', amount: 1_500 }, {});
  const third = await get(shop, '/v1/products/mug');
  assert.deepEqual(third.json().variants[0].prices[0], { amount: 1_500, currency: 'GBP' });

  await shop.running.handlers.withdrawProduct({ productId: 'mug' }, {});
  assert.equal((await get(shop, '/v1/products/mug')).statusCode, 404);
});

test('offers tell price, terms and availability now, and what is missing', async () => {
  await using shop = await opened();
  await put(shop, mug());
  const offers = async (currency: string) => {
    const outcome = await shop.running.handlers.offers({ skus: ['MUG-W', 'MUG-B', 'NONE', 'MUG-W'], currency }, {});
    assert.ok(outcome.kind === 'done');
    return outcome.answer;
  };
  const pounds = await offers('GBP');
  assert.deepEqual(
    pounds.offers.map(({ sku, unitPrice, availability }) => [sku, unitPrice, availability]),
    [
      ['MUG-W', 1_200, 'out_of_stock'],
      ['MUG-B', 1_300, 'out_of_stock'],
    ],
  );
  assert.deepEqual(pounds.terms, [pottery.terms]);
  assert.deepEqual(pounds.missing, ['NONE']);
  assert.deepEqual((await offers('KRW')).missing, ['MUG-B', 'NONE']);

  await hear(shop, 'AvailabilityChanged', { sku: 'MUG-W', availability: 'low_stock' });
  await put(shop, mug({ variants: [{ sku: 'MUG-W', options: {}, prices: { GBP: 1 } }] }));
  const after = await offers('GBP');
  assert.deepEqual(
    after.offers.map(({ sku, unitPrice, availability }) => [sku, unitPrice, availability]),
    [['MUG-W', 1, 'low_stock']],
  );
  assert.deepEqual(after.missing, ['MUG-B', 'NONE']);
  await shop.running.handlers.putSeller({ ...pottery, terms: { ...pottery.terms, parcelFee: { GBP: 1 } } }, {});
  assert.deepEqual((await offers('GBP')).terms[0]?.parcelFee, { GBP: 1 });
});

test('a SKU belongs to one product, however many claim it at the same time', async () => {
  await using shop = await opened();
  const variants = mug().variants;
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, number) => put(shop, mug({ productId: `mug-${number}`, variants }))),
  );
  assert.deepEqual(outcomes.map(codeOf).sort(), ['done', ...Array(7).fill('sku_taken')]);
  const holder = `mug-${outcomes.findIndex(({ kind }) => kind === 'done')}`;
  await shop.running.handlers.withdrawProduct({ productId: holder }, {});
  assert.equal(codeOf(await put(shop, mug({ productId: 'heir', variants }))), 'done');
  assert.equal(codeOf(await put(shop, mug({ productId: holder, variants }))), 'sku_taken');
});

test('one product changed by many at the same time keeps exactly the SKUs that it shows', async () => {
  await using shop = await opened();
  const only = (sku: string) => mug({ variants: [{ sku, options: {}, prices: { GBP: 1 } }] });
  const skus = ['A', 'B', 'C', 'D', 'E'];
  await Promise.all(skus.map((sku) => put(shop, only(sku))));
  const kept = (await get(shop, '/v1/products/mug')).json().variants[0].sku;
  for (const sku of skus) {
    const taken = codeOf(await put(shop, { ...only(sku), productId: 'other' }));
    assert.equal(taken, sku === kept ? 'sku_taken' : 'done', sku);
  }
});

test('the same content again tells nobody anything', async () => {
  await using shop = await opened();
  let told = 0;
  shop.kit.store.onCommitted((events) => {
    told += events.length;
  });
  await put(shop, mug());
  await put(shop, mug());
  await shop.running.handlers.putSeller(pottery, {});
  await shop.running.handlers.putCategory(cups, {});
  await shop.running.handlers.setPrice({ sku: 'MUG-W', currency: 'GBP', amount: 1_200 }, {});
  assert.equal(told, 1);
});

test('lists are paged newest first, by category and seller, and show each change at once', async () => {
  await using shop = await opened();
  for (let number = 0; number < 5; number++) {
    const variants = [{ sku: `S-${number}`, options: {}, prices: { GBP: 1 } }];
    await put(shop, mug({ productId: `mug-${number}`, variants, categoryIds: number === 0 ? [] : ['cups'] }));
  }
  const all: string[] = [];
  for (let cursor = ''; ; ) {
    const page = (await get(shop, `/v1/products?limit=2${cursor}`)).json();
    all.push(...page.items.map(({ productId }: Product) => productId));
    if (page.nextCursor === null) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  assert.deepEqual(all.toSorted(), ['mug-0', 'mug-1', 'mug-2', 'mug-3', 'mug-4']);

  const ids = async (query: string) => {
    const { items } = (await get(shop, `/v1/products?${query}`)).json();
    return items.map(({ productId }: Product) => productId).sort();
  };
  await untilEqual(() => ids('category=cups'), ['mug-1', 'mug-2', 'mug-3', 'mug-4']);
  assert.deepEqual(await ids('category=cups&seller=nobody'), []);
  assert.deepEqual(await ids('seller=pottery'), all.toSorted());
  await shop.running.handlers.withdrawProduct({ productId: 'mug-1' }, {});
  await untilEqual(() => ids('category=cups'), ['mug-2', 'mug-3', 'mug-4']);
  assert.equal((await ids('limit=100')).length, 4);
  assert.equal((await get(shop, '/v1/products?limit=101')).json().code, 'validation_failed');
  assert.equal((await get(shop, '/v1/products?cursor=made-up')).json().code, 'invalid_cursor');
});

test('a file is imported through the API, its stock is told, and importing it again changes nothing', async () => {
  await using shop = await opened();
  const payload = [
    'seller,product,sku,category,title_en,title_ko,price,currency,on_hand',
    'pottery,mug,MUG,cups,Mug,머그컵,12.50,GBP,7',
    'pottery,mug,MUG,cups,Mug,머그컵,18000,KRW,7',
    'pottery,bowl,MUG,cups,Bowl,밥그릇,9,GBP,1',
    'pottery,vase,VASE,vases,Vase,꽃병,9,GBP,1',
  ].join('\n');
  const send = () =>
    shop.http.inject({ method: 'POST', url: '/v1/admin/import', headers: { 'content-type': 'text/csv' }, payload });
  const first = await send();
  assert.equal(first.statusCode, 200, first.body);
  const { rejected, ...counts } = first.json();
  assert.deepEqual(counts, { rows: 4, imported: 2, unchanged: 0 });
  assert.deepEqual(
    rejected.map(({ row, code, field }: { row: number; code: string; field: string }) => [row, code, field]),
    [
      [4, 'sku_taken', 'sku'],
      [5, 'unknown_category', 'category'],
    ],
  );
  assert.deepEqual([...shop.onHand], [['MUG', 7]]);
  assert.equal((await send()).json().unchanged, 2);
  assert.equal((await get(shop, '/v1/products/mug')).json().title.ko, '머그컵');
});

test('an import with a key tells how far it is, is not begun twice at once, and answers its report again', async () => {
  await using shop = await opened();
  const payload =
    'seller,product,sku,title_en,price,currency\npottery,mug,MUG,Mug,12.50,GBP\npottery,mug,MUG,Mug,-1,KRW';
  const headers = { 'content-type': 'text/csv', 'idempotency-key': 'spring' };
  const send = () => shop.http.inject({ method: 'POST', url: '/v1/admin/import', headers, payload });
  const standing = async (key: string) => (await get(shop, `/v1/admin/import/${key}`)).json();
  assert.equal((await standing('spring')).code, 'unknown_import');
  const both = await Promise.all([send(), send()]);
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [200, 409]);
  const [done] = both.filter(({ statusCode }) => statusCode === 200);
  const { status, report, rejectedRows } = await standing('spring');
  assert.deepEqual([status, report, rejectedRows], ['done', done?.json(), 1]);
  assert.equal(report.rejected[0].field, 'price');
  await shop.running.handlers.setPrice({ sku: 'MUG', currency: 'GBP', amount: 1 }, {});
  assert.deepEqual((await send()).json(), done?.json());
  const broken = { ...headers, 'idempotency-key': 'broken' };
  await shop.http.inject({ method: 'POST', url: '/v1/admin/import', headers: broken, payload: 'a,b\n1,2' });
  const trouble = await standing('broken');
  assert.equal(trouble.status, 'failed');
  assert.match(trouble.trouble, /missing: seller/);
});

test('products are read as they are kept, and what somebody else changed meanwhile is not overwritten', async () => {
  await using shop = await opened();
  await put(shop, mug());
  await put(shop, mug({ productId: 'bowl', variants: [{ sku: 'BOWL', options: {}, prices: { GBP: 5 } }] }));
  const read = async () => (await get(shop, '/v1/admin/products/mug')).json();
  const { productId: _, ...body } = mug();
  const save = async (change: object, revision: number) =>
    (
      await shop.http.inject({
        method: 'PUT',
        url: '/v1/admin/products/mug',
        payload: { ...body, ...change, revision },
      })
    ).json();
  const { revision, onSale } = await read();
  assert.ok(onSale);
  assert.deepEqual(await save({ title: { en: 'Big mug' } }, revision), { changed: true });
  assert.deepEqual(await save({ title: { en: 'Big mug' } }, revision), { changed: false });
  assert.equal((await save({ title: { en: 'Small mug' } }, revision)).code, 'product_changed');
  assert.equal((await read()).title.en, 'Big mug');
  assert.deepEqual(await save({ title: { en: 'Small mug' } }, (await read()).revision), { changed: true });

  const ids = async (query: string) => {
    const { items } = (await get(shop, `/v1/admin/products?${query}`)).json();
    return items.map(({ productId }: Product) => productId);
  };
  await shop.running.handlers.withdrawProduct({ productId: 'bowl' }, {});
  assert.deepEqual(await ids('seller=pottery'), ['mug']);
  assert.deepEqual(await ids('status=withdrawn'), ['bowl']);
  assert.deepEqual([await ids('sku=MUG-B'), await ids('sku=BOWL')], [['mug'], []]);
  assert.equal((await get(shop, '/v1/admin/products/none')).json().code, 'unknown_product');
});

test('administrators keep the catalogue over HTTP', async () => {
  await using shop = await opened();
  const send = (method: 'PUT' | 'DELETE', url: string, payload?: object, headers = {}) =>
    shop.http.inject({ method, url, headers, ...(payload && { payload }) });
  const { productId, ...body } = mug();
  const key = { 'idempotency-key': 'one' };
  assert.deepEqual((await send('PUT', `/v1/admin/products/${productId}`, body, key)).json(), { changed: true });
  const other = await send('PUT', `/v1/admin/products/${productId}`, { ...body, title: { en: 'Cup' } }, key);
  assert.notEqual(other.statusCode, 200);
  assert.deepEqual((await send('PUT', '/v1/admin/skus/MUG-W/prices/USD', { amount: 5 })).json(), { changed: true });
  assert.equal((await send('PUT', '/v1/admin/skus/NONE/prices/USD', { amount: 5 })).json().code, 'unknown_sku');
  assert.equal(
    (await send('PUT', '/v1/admin/products/x-y', { ...body, sellerId: 'nobody' })).json().code,
    'unknown_seller',
  );
  assert.equal(
    (await send('PUT', '/v1/admin/categories/deep', { name: {}, parentId: 'none' })).json().code,
    'unknown_category',
  );
  assert.deepEqual((await send('DELETE', '/v1/admin/products/mug')).json(), { changed: true });
  assert.deepEqual((await send('DELETE', '/v1/admin/products/mug')).json(), { changed: false });
  assert.equal((await send('DELETE', '/v1/admin/products/none')).json().code, 'unknown_product');
  const { terms, name } = pottery;
  const { sellerId: _, ...termsBody } = terms;
  assert.deepEqual((await send('PUT', '/v1/admin/sellers/pottery', { name, terms: termsBody })).json(), {
    changed: false,
  });
  assert.equal((await get(shop, '/v1/sellers/pottery')).json().name.ko, '도자기');
  assert.equal((await get(shop, '/v1/categories')).json().items.length, 1);
});

test('the whole sample goes in, and its pictures are drawn', async () => {
  await using shop = await opened();
  const { sellers, categories, products } = sampleCatalogue();
  assert.deepEqual(await shop.running.handlers.isEmpty({}, {}), done({ empty: true }));
  for (const seller of sellers) await shop.running.handlers.putSeller(seller, {});
  for (const category of categories) await shop.running.handlers.putCategory(category, {});
  const outcomes = await Promise.all(products.map((product) => put(shop, product)));
  assert.ok(outcomes.every(({ kind }) => kind === 'done'));
  assert.deepEqual(await shop.running.handlers.isEmpty({}, {}), done({ empty: false }));
  for (const { images } of products) {
    const picture = await get(shop, images[0] ?? '');
    assert.match(String(picture.headers['content-type']), /^image\/svg\+xml/);
    assert.match(picture.body, /^<svg[\s\S]*<\/svg>$/);
  }
});

/** Views follow their log a moment later. */
async function untilEqual<Value>(read: () => Promise<Value>, expected: Value): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const value = await read();
    if (JSON.stringify(value) === JSON.stringify(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(await read(), expected);
}
