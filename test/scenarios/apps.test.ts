import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startShop } from '../shop.ts';
import { admin, type Body, checkoutBody, eventually, type ShopUnderTest, stockShop } from './api.ts';
import { openApp, pageOf, pageQuery } from './app.ts';

/** A whole purchase as an app makes it; every answer is held against the contract of its platform. */
let shop: ShopUnderTest & { stop(): Promise<void> };
before(async () => {
  shop = await startShop();
  await stockShop(shop);
});
after(() => shop?.stop());

const TOTAL = 2_500 + 2 * 1_200 + 2 * 399;

for (const platform of ['ios', 'android'] as const) {
  describe(`a purchase in the app for ${platform}`, () => {
    it('goes from the first screen to the door', async () => {
      const app = await openApp(shop, platform);
      const home = await eventually(
        async () => (await app.get('/home?currency=GBP')).body,
        ({ newest, categories }) => newest.products.length >= 2 && categories.tiles.length >= 1,
      );
      const { categoryId } = home.categories.tiles.find((tile: Body) => tile.name === 'Kitchen');
      const seen: string[] = [];
      for (let key: string | null | undefined; key !== null; ) {
        const { body } = await app.get(`/categories/${categoryId}?currency=GBP&${pageQuery(platform, 1, key)}`);
        const { items, next } = pageOf(platform, body);
        seen.push(...items.map(({ productId }: Body) => productId));
        key = next;
      }
      assert.deepEqual(seen.toSorted(), ['teapot', 'towel']);
      const found = await eventually(
        async () => (await app.get(`/search?q=${encodeURIComponent('찻주전자')}&lang=ko&currency=GBP`)).body,
        (body) => pageOf(platform, body).items.length === 1,
      );
      const [{ productId }] = pageOf(platform, found).items;
      const product = (await app.get(`/products/${productId}?currency=GBP`)).body;
      assert.equal(product.variants[0].price.formatted, '£25.00');

      const [{ sku }] = product.variants;
      const opened = await app.write('POST', '/carts?currency=GBP', { lines: [{ sku, quantity: 1 }] });
      const { cartId } = opened.body.cart;
      const added = await app.write('POST', `/carts/${cartId}/lines`, { sku: 'towel-1', quantity: 2 });
      assert.equal(added.body.cart.totals.total.amount, TOTAL);
      const screen = (await app.get(`/carts/${cartId}/checkout?country=GB`)).body;
      const { amount, currency } = screen.cart.totals.total;
      const purchase = { ...checkoutBody(screen.testCards[0]), expectedTotal: { amount, currency } };
      const key = randomUUID();
      const buy = () => app.write('POST', `/carts/${cartId}/checkout`, purchase, key);
      const placed = (await buy()).body;
      assert.equal((await buy()).body.orderId, placed.orderId);
      assert.equal((await app.get(`/carts/${cartId}`)).body.cart.state, 'bought');

      const left = new AbortController();
      const events = app.events(`/orders/${placed.orderId}/events`, left.signal);
      const statuses: string[] = [];
      for await (const { data } of events) {
        statuses.push(data.status);
        if (data.status === 'confirmed')
          for (const { parcelId } of data.parcels) {
            const path = `/v1/admin/orders/${placed.orderId}/parcels/${parcelId}/ship`;
            await admin(shop, 'POST', path, {}, `${parcelId}-${placed.orderId}`);
          }
        if (data.isFinal) break;
      }
      left.abort();
      assert.deepEqual([statuses[0], statuses.at(-1)], ['confirmed', 'delivered']);
      const { order } = (await app.get(`/orders/${placed.orderId}?lang=ko`)).body;
      assert.deepEqual([order.statusText, order.parcels.length], ['배송 완료', 2]);
      assert.equal(typeof order.deliveredAt, platform === 'ios' ? 'string' : 'number');
      const listed = (await app.get(`/orders?after=${encodeURIComponent(placed.readToken ?? '')}`)).body;
      assert.deepEqual(
        pageOf(platform, listed).items.map(({ orderId }: Body) => orderId),
        [placed.orderId],
      );
    });

    it('is told to whoever asks now and then, and is no business of anybody else', async () => {
      const app = await openApp(shop, platform);
      const { cart } = (await app.write('POST', '/carts?currency=GBP', { lines: [{ sku: 'towel-1', quantity: 1 }] }))
        .body;
      const { orderId } = (await app.write('POST', `/carts/${cart.cartId}/checkout`, checkoutBody())).body;
      const { version } = (await app.get(`/orders/${orderId}`)).body.order;
      const held = app.get(`/orders/${orderId}/changes?after=${version}&wait=30`);
      await admin(shop, 'POST', `/v1/admin/orders/${orderId}/parcels/parcel-1/ship`, {}, `ship-${orderId}`);
      assert.ok((await held).body.order.version > version);
      const stranger = await openApp(shop, platform);
      await stranger.write('POST', '/carts', {});
      assert.equal((await stranger.get(`/orders/${orderId}`)).body.code, 'forbidden');
    });
  });
}
