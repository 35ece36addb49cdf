import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { catalog } from '../../contracts/catalog.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { type ServiceUnderTest, serviceUnderTest } from '../../platform/service/service-harness.ts';
import { cups, mug, pottery } from './fixtures.ts';
import { catalogService } from './service.ts';

async function opened(): Promise<ServiceUnderTest<typeof catalog>> {
  const under = await serviceUnderTest(catalogService);
  await under.running.handlers.putSeller(pottery, {});
  await under.running.handlers.putCategory(cups, {});
  return under;
}

function answerOf<Answer>(outcome: Outcome<Answer>): Answer {
  assert.ok(outcome.kind === 'done', JSON.stringify(outcome));
  return outcome.answer;
}

const becomes = async ({ kit, running }: ServiceUnderTest<typeof catalog>, sku: string, availability: string) => {
  for (const { on } of running.subscriptions ?? []) {
    const event = { type: 'AvailabilityChanged', data: { sku, availability } } as unknown as HeardEvent;
    const effects = await on.AvailabilityChanged?.(event);
    if (effects !== undefined) await kit.store.decide(effects);
  }
};

test('products are told as they can be bought now, in the order asked for; what is not on sale is left out', async () => {
  await using shop = await opened();
  const { handlers } = shop.running;
  const bowl = mug({ productId: 'bowl', variants: [{ sku: 'BOWL', options: {}, prices: { GBP: 900 } }] });
  for (const product of [
    mug(),
    bowl,
    mug({ productId: 'gone', variants: [{ ...bowl.variants[0], sku: 'GONE' }] as never }),
  ])
    answerOf(await handlers.putProduct(product, {}));
  await handlers.withdrawProduct({ productId: 'gone' }, {});
  await becomes(shop, 'MUG-B', 'low_stock');
  const { products } = answerOf(await handlers.products({ productIds: ['bowl', 'none', 'gone', 'mug'] }, {}));
  assert.deepEqual(
    products.map(({ productId, availability }) => [productId, availability]),
    [
      ['bowl', 'out_of_stock'],
      ['mug', 'low_stock'],
    ],
  );
  assert.deepEqual(
    products[1]?.variants.map(({ sku, prices, availability }) => [sku, prices, availability]),
    [
      ['MUG-W', { GBP: 1_200, KRW: 18_000 }, 'out_of_stock'],
      ['MUG-B', { GBP: 1_300 }, 'low_stock'],
    ],
  );
});

test('the newest are told page by page, and a cursor of another list is refused', async () => {
  await using shop = await opened();
  const { handlers } = shop.running;
  for (let number = 0; number < 3; number++) {
    const variants = [{ sku: `S-${number}`, options: {}, prices: { GBP: 1 } }];
    await handlers.putProduct(mug({ productId: `mug-${number}`, variants }), {});
  }
  const first = answerOf(await handlers.newest({ limit: 2 }, {}));
  assert.equal(first.products.length, 2);
  assert.equal(first.stale, false);
  assert.ok(first.nextCursor !== null);
  const second = answerOf(await handlers.newest({ limit: 2, cursor: first.nextCursor }, {}));
  assert.equal(second.nextCursor, null);
  const all = [...first.products, ...second.products].map(({ productId }) => productId);
  assert.deepEqual(all.toSorted(), ['mug-0', 'mug-1', 'mug-2']);
  const other = await handlers.newest({ limit: 2, seller: 'pottery', cursor: first.nextCursor }, {});
  assert.equal(other.kind === 'rejected' && other.rejection.code, 'invalid_cursor');
});

test('the newest are told page by page backwards as well, and what has come meanwhile is before them', async () => {
  await using shop = await opened();
  const { handlers } = shop.running;
  const put = (number: number) => {
    const variants = [{ sku: `S-${number}`, options: {}, prices: { GBP: 1 } }];
    return handlers.putProduct(mug({ productId: `mug-${number}`, variants }), {});
  };
  for (let number = 0; number < 5; number++) await put(number);
  const idsOf = ({ products }: { products: readonly { productId: string }[] }) =>
    products.map(({ productId }) => productId);
  const first = answerOf(await handlers.newest({ limit: 2 }, {}));
  const second = answerOf(await handlers.newest({ limit: 2, cursor: first.nextCursor ?? '' }, {}));
  const third = answerOf(await handlers.newest({ limit: 2, cursor: second.nextCursor ?? '' }, {}));
  assert.deepEqual([first.previousCursor, third.nextCursor], [null, null]);
  const back = answerOf(await handlers.newest({ limit: 2, cursor: third.previousCursor ?? '', newer: true }, {}));
  assert.deepEqual([idsOf(back), back.nextCursor], [idsOf(second), second.nextCursor]);
  await put(5);
  const begin = answerOf(await handlers.newest({ limit: 3, cursor: back.previousCursor ?? '', newer: true }, {}));
  assert.deepEqual(idsOf(begin).slice(1), idsOf(first));
  assert.deepEqual([idsOf(begin)[0], begin.previousCursor], ['mug-5', null]);
});

test('categories come all, sellers as asked for', async () => {
  await using shop = await opened();
  const { handlers } = shop.running;
  for (let number = 100; number < 210; number++)
    await handlers.putCategory({ categoryId: `c-${number}`, name: { en: `Category ${number}` } }, {});
  const { categories } = answerOf(await handlers.categories({}, {}));
  assert.equal(new Set(categories.map(({ categoryId }) => categoryId)).size, 111);
  assert.deepEqual(answerOf(await handlers.sellers({ sellerIds: ['nobody', 'pottery'] }, {})).sellers, [pottery]);
});

test('whoever keeps copies is told of each change, after the catalogue answers anew', async () => {
  await using shop = await opened();
  const { handlers } = shop.running;
  const heard: (readonly string[])[] = [];
  const asked: Promise<unknown>[] = [];
  shop.invalidations.subscribe((tags) => {
    heard.push(tags);
    asked.push(handlers.products({ productIds: ['mug'] }, {}).then((outcome) => answerOf(outcome).products[0]));
  }, assert.fail);
  await handlers.putProduct(mug(), {});
  await becomes(shop, 'MUG-W', 'in_stock');
  await handlers.putSeller({ ...pottery, name: { en: 'Potters' } }, {});
  await handlers.putCategory({ ...cups, name: { en: 'Cups and mugs' } }, {});
  await handlers.withdrawProduct({ productId: 'mug' }, {});
  assert.deepEqual(heard, [
    ['product:mug', 'products'],
    ['sku:MUG-W', 'availability'],
    ['seller:pottery', 'sellers'],
    ['category:cups', 'categories'],
    ['product:mug', 'products'],
  ]);
  const states = (await Promise.all(asked)) as ({ availability: string } | undefined)[];
  assert.deepEqual(
    states.map((state) => state?.availability),
    ['out_of_stock', 'in_stock', 'in_stock', 'in_stock', undefined],
  );
});
