import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  admin,
  assertProblem,
  type Body,
  call,
  checkoutBody,
  eventually,
  stockShop,
} from '../../../test/scenarios/api.ts';
import { type App, openApp, type Platform, pageOf } from '../../../test/scenarios/app.ts';
import { type MemoryShop, memoryShop } from '../../composition/memory-shop-harness.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';

const PLATFORMS: readonly Platform[] = ['ios', 'android'];
let shop: MemoryShop;
before(async () => {
  shop = await memoryShop(silentLogger);
  await stockShop(shop);
  for (const [productId, colour] of [
    ['mug', 'blue'],
    ['bowl', 'white'],
  ] as const)
    await admin(shop, 'PUT', `/v1/admin/products/${productId}`, {
      sellerId: 'potter',
      categoryIds: ['kitchen'],
      title: { en: `A ${productId}`, ko: `그릇 ${productId}` },
      description: { en: 'Thrown by hand.' },
      images: [`/images/tableware/${productId}.svg`],
      variants: [
        { sku: `${productId}-1`, options: { colour }, prices: { GBP: 1_250, KRW: 18_000 } },
        { sku: `${productId}-2`, options: { colour: 'green' }, prices: { GBP: 1_300 } },
      ],
    });
  await eventually(
    () => call(shop, 'GET', '/v1/search?q=thrown'),
    ({ body }) => body.total === 2,
  );
});
after(() => shop?.[Symbol.asyncDispose]());

const bothApps = () => Promise.all(PLATFORMS.map((platform) => openApp(shop, platform)));

async function bought(app: App): Promise<Body> {
  const { body } = await app.write('POST', '/carts?currency=GBP', { lines: [{ sku: 'teapot-1', quantity: 1 }] });
  const answer = await app.write('POST', `/carts/${body.cart.cartId}/checkout`, checkoutBody());
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

describe('the screens of an app', () => {
  it('come with one call each, and are what their contract says', async () => {
    for (const app of await bothApps()) {
      const home = (await app.get('/home?currency=GBP')).body;
      assert.deepEqual(home.missing, []);
      assert.equal(home.newest.products.length, 4);
      const category = (await app.get('/categories/kitchen?currency=GBP&lang=ko')).body;
      assert.deepEqual([category.name, category.total, category.facets.sellers[0].name], ['주방', 4, '도공']);
      const found = (await app.get('/search?q=teapot&currency=GBP')).body;
      assert.equal(pageOf(app.platform, found).items[0].productId, 'teapot');
      assert.deepEqual((await app.get('/search?q=nothing-like-it')).body.instead.length, 4);
      const suggested = (await app.get('/search/suggestions?q=kit')).body;
      assert.deepEqual(suggested.categories, [{ categoryId: 'kitchen', name: 'Kitchen' }]);
      const product = (await app.get('/products/mug?currency=GBP')).body;
      assert.deepEqual(
        [product.variants.length, product.related.products.length, product.seller.name],
        [2, 3, 'The Potter'],
      );
      const { orderId } = await bought(app);
      assert.equal((await app.get('/orders')).status, 200);
      assert.equal((await app.get(`/orders/${orderId}`)).body.order.status, 'confirmed');
      assert.deepEqual((await app.get('/orders')).body.missing, []);
    }
  });

  it('say prices raw and as people write them, in the language and currency asked for', async () => {
    for (const app of await bothApps()) {
      const price = async (query: string, headers = {}) => {
        const { body } = await app.get(`/products/mug${query}`, headers);
        return body.variants.map((each: Body) => each.price?.formatted ?? null);
      };
      assert.deepEqual(await price('?currency=GBP'), ['£12.50', '£13.00']);
      assert.deepEqual(await price('', { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.1' }), ['₩18,000', null]);
      const { body, headers } = await app.get('/products/mug?lang=ko&currency=GBP', { 'accept-language': 'en' });
      assert.deepEqual(body.variants[0].price, { amount: 1_250, currency: 'GBP', formatted: '£12.50' });
      assert.deepEqual([headers.get('content-language'), body.title], ['ko', '그릇 mug']);
    }
  });

  it('are sent once: whoever has the newest is told so, and may show it without a network', async () => {
    for (const app of await bothApps()) {
      for (const path of ['/home', '/products/mug', '/categories/kitchen', '/search?q=mug']) {
        const first = await app.get(path);
        const etag = first.headers.get('etag') ?? '';
        assert.match(first.headers.get('cache-control') ?? '', /^public, max-age=60.*stale-if-error=86400$/);
        const again = await app.get(path, { 'if-none-match': etag });
        assert.deepEqual([again.status, again.body, again.headers.get('etag')], [304, '', etag]);
        assert.equal((await app.get(path, { 'if-none-match': etag, 'accept-language': 'ko' })).status, 200);
      }
      const { orderId } = await bought(app);
      const order = await app.get(`/orders/${orderId}`);
      assert.match(order.headers.get('cache-control') ?? '', /^private, /);
      assert.match(order.headers.get('vary') ?? '', /^authorization/);
      const known = { 'if-none-match': order.headers.get('etag') ?? '' };
      assert.equal((await app.get(`/orders/${orderId}`, known)).status, 304);
    }
  });

  it('renew cells that the app has kept, and only what it asks for', async () => {
    for (const app of await bothApps()) {
      const { body } = await app.get('/products?ids=mug,gone,bowl&fields=price,availability&currency=GBP');
      assert.deepEqual(body.gone, ['gone']);
      assert.deepEqual(body.products[0], {
        productId: 'mug',
        price: { amount: 1_250, currency: 'GBP', formatted: '£12.50' },
        availability: 'out_of_stock',
      });
      assert.equal((await app.get('/products?ids=mug')).body.products[0].seller, 'The Potter');
      assertProblem(await app.get('/products?ids=mug&fields=secrets'), 400, 'validation_failed');
    }
  });
});

describe('a guest of an app', () => {
  it('shows the token in a header, and there is no cookie', async () => {
    for (const app of await bothApps()) {
      const opened = await app.write('POST', '/carts?currency=GBP', { lines: [{ sku: 'towel-1', quantity: 2 }] });
      assert.deepEqual([opened.status, opened.body.cart.count, opened.body.skipped], [201, 2, []]);
      assert.equal(opened.headers.get('set-cookie'), null);
      const path = `/carts/${opened.body.cart.cartId}`;
      assert.equal((await app.get(path)).body.cart.totals.total.formatted, '£27.99');
      const token = app.token;
      const stranger = await openApp(shop, app.platform);
      assertProblem(await stranger.get(path), 401, 'unauthorized');
      await stranger.write('POST', '/carts', {});
      assertProblem(await stranger.get(path), 403, 'forbidden');
      assert.equal((await app.write('POST', '/carts', {})).body.token, token);
    }
  });

  it('changes a cart, each wish once for its key', async () => {
    for (const app of await bothApps()) {
      const { body } = await app.write('POST', '/carts?currency=GBP', {});
      const path = `/carts/${body.cart.cartId}/lines`;
      const key = randomUUID();
      const twice = async () => (await app.write('POST', path, { sku: 'teapot-1', quantity: 2 }, key)).body.cart.count;
      assert.deepEqual([await twice(), await twice()], [2, 2]);
      assertProblem(
        await app.write('POST', path, { sku: 'teapot-1', quantity: 9 }, key),
        422,
        'idempotency_key_reused',
      );
      assert.equal((await app.write('PATCH', `${path}/teapot-1`, { quantity: 5 })).body.cart.count, 5);
      assert.equal((await app.write('DELETE', `${path}/teapot-1`)).body.cart.count, 0);
      const keyless = await app.write('POST', path, { sku: 'teapot-1', quantity: 1 }, 'short');
      assertProblem(keyless, 400, 'idempotency_key_required');
    }
  });

  it('opens one cart however often the first wish is asked, and hears what is not sold', async () => {
    for (const { platform } of await bothApps()) {
      const key = randomUUID();
      const wish = {
        lines: [
          { sku: 'towel-1', quantity: 1 },
          { sku: 'nothing', quantity: 1 },
        ],
      };
      const open = async () =>
        (await (await openApp(shop, platform)).write('POST', '/carts?currency=GBP', wish, key)).body;
      const [first, second] = [await open(), await open()];
      assert.deepEqual([second.token, second.cart.cartId], [first.token, first.cart.cartId]);
      assert.deepEqual([second.cart.count, second.skipped], [1, ['nothing']]);
    }
  });

  it('gets the token and the cart also when the cart does not take the first line', async () => {
    for (const { platform } of await bothApps()) {
      const app = await openApp(shop, platform);
      const lines = [
        { sku: 'towel-1', quantity: 9_999 },
        { sku: 'towel-1', quantity: 9_999 },
        { sku: 'teapot-1', quantity: 1 },
      ];
      const { status, body } = await app.write('POST', '/carts?currency=GBP', { lines });
      assert.deepEqual([status, body.skipped, body.cart.count], [201, ['towel-1'], 10_000], JSON.stringify(body));
      assert.equal((await app.get(`/carts/${body.cart.cartId}`)).status, 200);
    }
  });

  it('sees all it takes to buy on one screen, with the taxes of where it goes', async () => {
    for (const app of await bothApps()) {
      const { body } = await app.write('POST', '/carts?currency=GBP', { lines: [{ sku: 'teapot-1', quantity: 1 }] });
      const screen = (await app.get(`/carts/${body.cart.cartId}/checkout?lang=ko&country=GB`)).body;
      assert.deepEqual([screen.country, screen.cart.totals.tax.amount > 0], ['GB', true]);
      assert.ok(screen.countries.some((each: Body) => each.code === 'KR' && each.name === '대한민국'));
    }
  });

  it('is told in words why a payment came to nothing, in either language', async () => {
    for (const app of await bothApps()) {
      const { body } = await app.write('POST', '/carts?currency=GBP', { lines: [{ sku: 'teapot-1', quantity: 1 }] });
      const path = `/carts/${body.cart.cartId}/checkout`;
      const declined = await app.write('POST', `${path}?lang=ko`, checkoutBody('tok_declined'));
      assertProblem(declined, 402, 'card_declined');
      assert.match(declined.body.message, /카드가 거절/);
      const { order } = (await app.get(`/orders/${declined.body.orderId}`)).body;
      assert.deepEqual(order.reason, { code: 'card_declined', message: 'The card was declined. Try another card.' });
      assert.equal((await app.write('POST', path, checkoutBody())).status, 201);
    }
  });
});

describe('an order in an app', () => {
  const ship = (orderId: string) =>
    admin(shop, 'POST', `/v1/admin/orders/${orderId}/parcels/parcel-1/ship`, undefined, `ship-${orderId}`);

  it('changes while it is looked at, and goes on after what was heard', async () => {
    for (const app of await bothApps()) {
      const { orderId } = await bought(app);
      const left = new AbortController();
      const stream = app.events(`/orders/${orderId}/events`, left.signal);
      const first = (await stream.next()).value;
      assert.equal(first?.data.status, 'confirmed');
      await ship(orderId);
      const second = (await stream.next()).value;
      assert.deepEqual([second?.data.status, second?.data.statusText], ['shipped', 'On its way']);
      left.abort();
      const resumed = new AbortController();
      const again = app.events(`/orders/${orderId}/events`, resumed.signal, { 'last-event-id': first?.id ?? '' });
      assert.equal((await again.next()).value?.id, second?.id);
      resumed.abort();
    }
  });

  it('is told by a question that is held until there is news', async () => {
    for (const app of await bothApps()) {
      const { orderId } = await bought(app);
      const { version } = (await app.get(`/orders/${orderId}`)).body.order;
      assert.equal((await app.get(`/orders/${orderId}/changes?after=${version}&wait=0`)).status, 204);
      assert.equal((await app.get(`/orders/${orderId}/changes?after=${version - 1}`)).body.order.version, version);
      const held = app.get(`/orders/${orderId}/changes?after=${version}&wait=20`);
      await ship(orderId);
      assert.equal((await held).body.order.status, 'shipped');
    }
  });

  it('is in the list that is asked for with the token of its checkout', async () => {
    for (const app of await bothApps()) {
      const first = await bought(app);
      const second = await bought(app);
      const { body } = await app.get(`/orders?after=${encodeURIComponent(second.readToken)}`);
      const { items } = pageOf(app.platform, body);
      assert.deepEqual(
        items.map(({ orderId }) => orderId),
        [second.orderId, first.orderId],
      );
      assert.deepEqual(items[0].titles, ['Blue stoneware teapot']);
      assertProblem(await app.get(`/orders/${first.orderId}x`), 404, 'unknown_order');
    }
  });
});

describe('an app that is', () => {
  it('too old is told to update; one that could be newer is told so', async () => {
    for (const [platform, old, fine, newest] of [
      ['ios', '1.1.9', '1.2', '2.0.1'],
      ['android', '2.99', '3.0.0', '3.1'],
    ] as const) {
      const app = await openApp(shop, platform);
      const refused = await app.get('/home?lang=ko', { 'x-app-version': old });
      assertProblem(refused, 426, 'app_too_old');
      assert.match(refused.body.message, /업데이트/);
      assert.equal(refused.body.current, newest);
      assert.match(refused.headers.get('upgrade') ?? '', new RegExp(`^jangteo-${platform}/`));
      const served = await app.get('/home', { 'x-app-version': fine });
      assert.deepEqual([served.status, served.headers.get('x-app-upgrade')], [200, newest]);
      assert.match(served.headers.get('vary') ?? '', /(^|, )x-app-version(,|$)/);
      assert.equal((await app.get('/home', { 'x-app-version': newest })).headers.get('x-app-upgrade'), null);
      assertProblem(await app.get('/home', { 'x-app-version': 'beta' }), 400, 'validation_failed');
    }
  });
});
