import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { shopApi } from './shop-api.ts';

test('who asked too often waits as long as the shop says, and asks again', async () => {
  let asked = 0;
  const shop = createServer((_request, response) => {
    asked++;
    response.writeHead(asked < 3 ? 429 : 200, { 'retry-after': '1' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(shop, 'listening');
  try {
    const from = performance.now();
    const { status } = await shopApi(`http://127.0.0.1:${(shop.address() as AddressInfo).port}`, 'token').ask(
      'GET',
      '/',
    );
    assert.deepEqual({ status, asked }, { status: 200, asked: 3 });
    assert.ok(performance.now() - from > 1_900);
  } finally {
    shop.closeAllConnections();
    shop.close();
  }
});
