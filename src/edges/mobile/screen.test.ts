import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Type } from 'typebox';
import { systemClock } from '../../platform/clock/system.ts';
import type { HttpServer } from '../../platform/http/port.ts';
import { serverUnderTest } from '../../platform/http/server-harness.ts';
import { localInvalidations } from '../../platform/invalidation/local.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { pageCache } from '../showing/page-cache.ts';
import type { Asked } from './asked.ts';
import { keepFresh } from './freshness.ts';
import { ios } from './ios.ts';
import { type Screen, screenRoutes } from './screen.ts';

const invalidations = localInvalidations(silentLogger);
const cache = pageCache(invalidations, systemClock);
const shop = { price: 5, missing: [] as string[], gathered: 0 };
let http: HttpServer;

const screen: Screen = {
  ...{ path: '/products/:productId', tag: 'browsing', summary: 'A product', keep: 'shared', ready: true },
  params: { productId: Type.String() },
  query: { sort: Type.Optional(Type.String()), limit: Type.Optional(Type.Integer()) },
  view: { price: Type.Integer() },
  async gather({ params }: Asked<never>) {
    shop.gathered++;
    const { productId } = params as { readonly productId: string };
    const keep = shop.missing.length === 0;
    return { view: { price: shop.price }, tags: [`product:${productId}`], keep, missing: shop.missing };
  },
};

before(async () => {
  http = await serverUnderTest();
  keepFresh(http, ios);
  await screenRoutes(screen, ios, cache)(http);
});
beforeEach(() => {
  Object.assign(shop, { price: 5, missing: [], gathered: 0 });
  invalidations.publishAll();
});
after(async () => {
  cache.close();
  await http.close();
});

const ask = async (path: string, headers: Record<string, string> = {}) => {
  const { statusCode, body, headers: answered } = await http.inject({ method: 'GET', url: `/ios/v1${path}`, headers });
  return { status: statusCode, body: body === '' ? '' : JSON.parse(body), headers: answered };
};

describe('a screen that is the same for everybody', () => {
  it('is gathered once for all who ask the same, however they spell it', async () => {
    const first = await ask('/products/mug?limit=5&sort=newest');
    assert.deepEqual([first.status, first.body], [200, { price: 5, missing: [] }]);
    for (const path of ['/products/mug?sort=newest&limit=5', '/products/mug?limit=5&sort=newest&lang=en&utm=x']) {
      const again = await ask(path);
      assert.deepEqual([again.body, again.headers.etag], [first.body, first.headers.etag]);
      assert.match(String(again.headers['cache-control']), /^public, max-age=60/);
    }
    assert.equal(
      (await ask('/products/mug?limit=5&sort=newest', { 'if-none-match': `${first.headers.etag}` })).status,
      304,
    );
    assert.equal(shop.gathered, 1);
  });

  it('is another one in another language, currency, size, for another device or page', async () => {
    const asked: [string, Record<string, string>][] = [
      ['/products/mug', {}],
      ['/products/bowl', {}],
      ['/products/mug?lang=ko', {}],
      ['/products/mug?currency=GBP', {}],
      ['/products/mug?limit=6', {}],
      ['/products/mug', { 'x-device-scale': '3' }],
      ['/products/mug', { 'x-os-version': '18' }],
    ];
    for (const [path, headers] of asked) await ask(path, headers);
    for (const [path, headers] of asked) await ask(path, headers);
    assert.equal(shop.gathered, asked.length);
  });

  it('is gathered anew when what it shows has changed, and only then', async () => {
    const first = await ask('/products/mug');
    shop.price = 6;
    invalidations.publish(['product:bowl']);
    assert.equal((await ask('/products/mug')).body.price, 5);
    invalidations.publish(['product:mug']);
    const changed = await ask('/products/mug', { 'if-none-match': `${first.headers.etag}` });
    assert.deepEqual([changed.status, changed.body.price], [200, 6]);
  });

  it('that misses a part is kept by nobody', async () => {
    shop.missing = ['seller'];
    const { body, headers } = await ask('/products/mug');
    assert.deepEqual([body.missing, headers['cache-control'], headers.etag], [['seller'], 'no-store', undefined]);
  });
});
