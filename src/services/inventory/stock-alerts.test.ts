import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventory } from '../../contracts/inventory.ts';
import { listeningShop } from '../told-orders-harness.ts';
import { inventoryService } from './service.ts';

test('what is low or out is told, the newest first, until it is there again', async () => {
  await using shop = await listeningShop([{ definition: inventoryService }]);
  const client = shop.composition.calls.client(inventory);
  const alerts = async (limit = 10) => {
    const outcome = await client.alerts({ limit });
    assert.equal(outcome.kind, 'done');
    return outcome.answer;
  };
  await client.setOnHand({ sku: 'PLENTY', onHand: 100 });
  await client.setOnHand({ sku: 'FEW', onHand: 5 });
  await shop.until(async () => (await alerts()).alerts.length === 1);
  await client.setOnHand({ sku: 'NONE', onHand: 0 });
  await shop.until(async () => (await alerts()).alerts.length === 2);

  const both = await alerts();
  const told = both.alerts.map(({ level, availability }) => [level.sku, level.onHand, availability]);
  assert.deepEqual(new Set(told.map(String)), new Set(['NONE,0,out_of_stock', 'FEW,5,low_stock']));
  assert.ok((both.alerts[0]?.since ?? 0) >= (both.alerts[1]?.since ?? 0));
  assert.equal(both.hasMore, false);
  assert.equal((await alerts(1)).hasMore, true);

  await client.setOnHand({ sku: 'FEW', onHand: 50 });
  await shop.until(async () => (await alerts()).alerts.length === 1);
  assert.equal((await alerts()).alerts[0]?.level.sku, 'NONE');
});
