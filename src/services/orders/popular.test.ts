import assert from 'node:assert/strict';
import { it } from 'node:test';
import { lineOf } from './fixture-orders.ts';
import { shop } from './orders-harness.ts';
import { popularProducts } from './popular.ts';
import { orderStatus } from './status.view.ts';

const lines = (...skus: string[]) => ({ lines: skus.map((sku) => lineOf(sku, 'potter', 500, sku === 'cup' ? 9 : 1)) });

it('what is popular is in the most of the newest orders, cancelled ones aside, counted anew after a minute', async () => {
  await using orders = await shop();
  const listed = async (count: number) => {
    while ((await orders.kit.view(orderStatus.name).query({ where: {}, limit: 100 })).value.length < count)
      await new Promise((resolve) => setTimeout(resolve, 5));
  };
  let telling: (() => void) | undefined;
  const told: string[][] = [];
  const clock = {
    now: () => 0,
    after(delayMs: number, task: () => void) {
      assert.equal(delayMs, 60_000);
      telling = task;
      return () => undefined;
    },
  };
  orders.invalidations.subscribe((tags) => {
    if (tags.includes('popular')) told.push([...tags]);
  }, assert.fail);
  const popular = popularProducts({ ...orders.kit, clock });
  assert.deepEqual(await popular.products(10), []);

  await orders.confirmed(lines('cup'));
  await orders.confirmed(lines('towel', 'bowl'));
  await orders.confirmed(lines('towel'));
  const regretted = await orders.confirmed(lines('bowl'));
  assert.equal((await orders.ask('POST', `/v1/orders/${regretted}/cancel`, { body: {}, key: 'k1' })).status, 200);
  await listed(4);
  assert.deepEqual(await popular.products(10), [], 'not before a minute has passed');
  assert.deepEqual(told, []);
  telling?.();
  assert.deepEqual(told, [['popular']]);
  assert.deepEqual(await popular.products(1), [{ productId: 'product-towel', orders: 2 }]);
  const rest = (await popular.products(10)).slice(1).map((each) => [each.productId, each.orders]);
  assert.deepEqual(rest.sort(), [
    ['product-bowl', 1],
    ['product-cup', 1],
  ]);
  popular.close();
});
