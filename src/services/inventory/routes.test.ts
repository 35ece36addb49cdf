import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceUnderTest } from '../../platform/service/service-harness.ts';
import { inventoryService } from './service.ts';

async function opened() {
  const under = await serviceUnderTest(inventoryService);
  const ask = async (method: 'GET' | 'PUT', url: string, payload?: object) => {
    const headers = { 'jangteo-operator': 'kim' };
    const answer = await under.http.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
  const untilListed = async (query: string, wanted: readonly string[]) => {
    for (let tries = 0; ; tries++) {
      const { body } = await ask('GET', `/v1/admin/stock?${query}`);
      const skus = body.items.map(({ sku }: { sku: string }) => sku);
      if (tries > 500 || skus.length === wanted.length) return assert.deepEqual(skus, wanted);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { ask, untilListed, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

test('a count tells where the pieces are, who counted them and why', async () => {
  await using shop = await opened();
  await shop.ask('PUT', '/v1/admin/stock/TEA', { onHand: 9 });
  await shop.ask('PUT', '/v1/admin/stock/TEA', { onHand: 4, location: 'busan', note: 'moved from Seoul' });
  const { body } = await shop.ask('GET', '/v1/admin/stock/TEA');
  assert.deepEqual(
    [body.onHand, body.locations],
    [
      13,
      [
        { location: 'busan', onHand: 4 },
        { location: 'main', onHand: 9 },
      ],
    ],
  );
  assert.deepEqual(
    body.counts.map(({ at: _, ...count }: { at: number }) => count),
    [
      { location: 'busan', onHand: 4, by: 'admin kim', reason: 'moved from Seoul' },
      { location: 'main', onHand: 9, by: 'admin kim' },
    ],
  );
});

test('stock is listed by the beginning of the SKU and by what is running out, page by page', async () => {
  await using shop = await opened();
  const levels = { 'CUP-1': 50, 'CUP-2': 3, 'CUP-3': 0, 'TEA-1': 2, 'CUP-1-XL': 60 };
  for (const [sku, onHand] of Object.entries(levels)) await shop.ask('PUT', `/v1/admin/stock/${sku}`, { onHand });
  await shop.untilListed('', ['CUP-1', 'CUP-1-XL', 'CUP-2', 'CUP-3', 'TEA-1']);
  await shop.untilListed('prefix=CUP-1', ['CUP-1', 'CUP-1-XL']);
  await shop.untilListed('availability=low_stock', ['TEA-1', 'CUP-2']);
  await shop.untilListed('availability=low_stock&prefix=CUP', ['CUP-2']);
  await shop.untilListed('availability=out_of_stock', ['CUP-3']);
  const first = (await shop.ask('GET', '/v1/admin/stock?availability=low_stock&limit=1')).body;
  const rest = await shop.ask(
    'GET',
    `/v1/admin/stock?availability=low_stock&limit=1&cursor=${encodeURIComponent(first.nextCursor)}`,
  );
  assert.deepEqual([rest.body.items[0].sku, rest.body.nextCursor], ['CUP-2', null]);
  const elsewhere = `/v1/admin/stock?prefix=C&cursor=${encodeURIComponent(first.nextCursor)}`;
  assert.equal((await shop.ask('GET', elsewhere)).body.code, 'invalid_cursor');
});
