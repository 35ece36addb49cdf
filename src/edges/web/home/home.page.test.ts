import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineOf } from '../../../services/orders/fixture-orders.ts';
import { request } from '../../../services/orders/orders-harness.ts';
import { orderStatus } from '../../../services/orders/status.view.ts';
import { mixed } from '../../showing/mixed.ts';
import { askedFor, browseShop, caughtUp, productOf } from '../browse-harness.ts';
import { homePage } from './home.page.ts';

const goods = () => [
  ...['mug', 'bowl', 'plate', 'jar', 'cup'].map((id) => productOf(id)),
  productOf('towel', { categoryIds: ['cloth'], sellerId: 'weaver' }),
];

describe('the front page', () => {
  it('shows what is new, mixed by category, the categories with a picture each, and the sellers', async () => {
    await using shop = await browseShop(goods());
    const { view } = await caughtUp(() => homePage(shop.parts).gather(askedFor({}, {}, 'ko', 'KRW')));
    assert.equal(view.newest.length, 6);
    assert.ok(view.newest.slice(0, 2).some(({ productId }) => productId === 'towel'));
    assert.equal(view.newest[0]?.price?.currency, 'KRW');
    assert.deepEqual(view.popular, []);
    const pictures = Object.fromEntries(view.categories.map(({ categoryId, image }) => [categoryId, image]));
    assert.equal(pictures.cloth, '/images/cups/towel.svg');
    assert.equal(pictures.empty, null);
    assert.deepEqual(
      view.sellers.map(({ name, products }) => [name, products]),
      [
        ['도자기', 5],
        ['직조', 1],
      ],
    );
  });

  it('shows what is popular once the orders can tell, in their order, without what is sold out', async () => {
    await using shop = await browseShop(goods());
    const { gather } = homePage(shop.parts);
    const { kit, running } = shop.orders;
    for (const [number, productIds] of [['mug', 'bowl', 'plate', 'jar', 'cup'], ['cup', 'mug'], ['cup']].entries())
      await placed(running.handlers, number, productIds);
    while ((await kit.view(orderStatus.name).query({ where: {}, limit: 9 })).value.length < 3)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await shop.stockOf('BOWL-0', 'out_of_stock');
    const { popular } = (await gather(askedFor({}, {}))).view;
    assert.deepEqual(popular.map(({ productId }) => productId).slice(0, 2), ['cup', 'mug']);
    assert.deepEqual(
      popular
        .map(({ productId }) => productId)
        .slice(2)
        .sort(),
      ['jar', 'plate'],
    );
  });

  it('stands without popular products and sellers while orders and search are gone or late', async () => {
    await using shop = await browseShop(goods());
    const { gather } = homePage(shop.parts);
    for (const fate of ['gone', 'late'] as const) {
      shop.fate('search', fate);
      shop.fate('orders', fate);
      const { view, missing, keep } = await gather(askedFor({}, {}));
      assert.deepEqual([missing, keep], [['popular', 'sellers'], false]);
      assert.equal(view.newest.length, 6);
    }
    shop.fate('catalog', 'gone');
    await assert.rejects(gather(askedFor({}, {})), { code: 'unavailable' });
  });
});

type Handlers = Awaited<ReturnType<typeof browseShop>>['orders']['running']['handlers'];

async function placed({ place }: Handlers, number: number, productIds: readonly string[]): Promise<void> {
  const lines = productIds.map((productId) => ({ ...lineOf(`${productId}-${number}`, 'potter', 500, 1), productId }));
  assert.equal((await place(request({ lines }), {})).kind, 'done');
}

describe('mixing', () => {
  it('takes of each category in turn, keeps their order, and what is sold out last', () => {
    const item = (id: string, availability: 'in_stock' | 'out_of_stock' = 'in_stock') => ({
      id,
      categoryIds: [id.slice(0, 1)],
      availability,
    });
    const all = [item('a1'), item('a2', 'out_of_stock'), item('a3'), item('b1'), item('c1'), item('b2')];
    assert.deepEqual(
      mixed(all, 9).map(({ id }) => id),
      ['a1', 'b1', 'c1', 'b2', 'a3', 'a2'],
    );
    assert.equal(mixed(all, 2).length, 2);
  });
});
