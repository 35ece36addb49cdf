import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { admin, putProduct } from '../../../../test/scenarios/api.ts';
import type { MemoryShop } from '../../../composition/memory-shop-harness.ts';
import { purchase, stockedShop, type Visitor, visitor } from '../visitor-harness.ts';

let shop: MemoryShop;
before(async () => {
  shop = await stockedShop();
});
after(() => shop[Symbol.asyncDispose]());

const GBP = '?currency=GBP';
const lines = `/web/v1/en/cart/lines${GBP}`;
const teapot = { sku: 'teapot-1', quantity: 1 };

async function withTeapot() {
  const guest = visitor(shop.url);
  const { status, body } = await guest.write('POST', lines, teapot);
  assert.equal(status, 200, JSON.stringify(body));
  return { guest, cart: body };
}

describe('the cart of a browser', () => {
  it('begins with the first line, which makes a session that no script reads', async () => {
    const guest = visitor(shop.url);
    assert.equal((await guest.get(`/web/v1/en/cart${GBP}`)).body.state, 'none');
    const response = await guest.raw(lines, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'x-jangteo': 'page', 'content-type': 'application/json' },
      body: JSON.stringify(teapot),
    });
    const cookies = response.headers.getSetCookie();
    assert.deepEqual(cookies.map((cookie) => cookie.split('=')[0]).sort(), ['cart', 'shopper']);
    for (const cookie of cookies) assert.match(cookie, /HttpOnly; SameSite=Lax/);
    const view = (await guest.get(`/web/v1/en/cart${GBP}`)).body;
    assert.deepEqual([view.state, view.count, view.totals.total.amount], ['open', 1, 2_899]);
    assert.deepEqual((await guest.get('/web/v1/cart/count')).body, { state: 'open', cartId: view.cartId, count: 1 });
  });

  it('is shown by parcels in the language of its page, and never kept', async () => {
    const { guest } = await withTeapot();
    await guest.write('POST', lines, { sku: 'towel-1', quantity: 2 });
    const view = (await guest.get(`/web/v1/ko/cart${GBP}`)).body;
    assert.deepEqual(
      view.parcels.map((parcel: { seller: string; totals: { shipping: { amount: number } } }) => [
        parcel.seller,
        parcel.totals.shipping.amount,
      ]),
      [
        ['도공', 399],
        ['직조공', 399],
      ],
    );
    const page = await guest.get(`/ko/cart${GBP}`);
    assert.match(page.body, /파란 도자기찻주전자/);
    assert.match(page.headers.get('cache-control') ?? '', /no-store/);
  });

  it('is changed, emptied, and adds once for one key', async () => {
    const { guest } = await withTeapot();
    const line = `/web/v1/en/cart/lines/teapot-1${GBP}`;
    assert.equal((await guest.write('PATCH', line, { quantity: 4 })).body.count, 4);
    const once = async () =>
      (await guest.write('POST', lines, { sku: 'towel-1', quantity: 1 }, 'one-press')).body.count;
    assert.deepEqual([await once(), await once()], [5, 5]);
    assert.equal((await guest.write('DELETE', line)).body.count, 1);
    assert.equal((await guest.write('PATCH', line, { quantity: 1 })).body.code, 'unknown_line');
    assert.equal((await guest.write('POST', lines, { sku: 'nothing', quantity: 1 })).body.code, 'unknown_sku');
  });

  it('is the same one for a page that did not hear that it was opened, and asks again', async () => {
    const { guest, cart } = await withTeapot();
    const bought = await guest.write('POST', '/web/v1/checkout', purchase(cart.cartId, 2_899));
    assert.equal(bought.status, 200, JSON.stringify(bought.body));
    const before = new Map(guest.cookies);
    const once = async (who: Visitor) => {
      const { status, body } = await who.write('POST', lines, teapot, 'pressed-once-and-not-heard');
      assert.equal(status, 200, JSON.stringify(body));
      return [body.cartId, body.count];
    };
    const heard = await once(guest);
    guest.cookies.clear();
    for (const [name, value] of before) guest.cookies.set(name, value);
    assert.deepEqual(await once(guest), heard);
    assert.equal(heard[1], 1);
    assert.notEqual(heard[0], cart.cartId);
    // So it is for somebody whose first line it is, too.
    assert.deepEqual(await once(visitor(shop.url)), await once(visitor(shop.url)));
  });

  it('says what something cost before, and what is no longer sold', async () => {
    await putProduct(shop, 'vase', 'potter', { en: 'Vase', ko: '화병' }, 1_000);
    await admin(shop, 'PUT', '/v1/admin/stock/vase-1', { onHand: 5 });
    const { guest } = await withTeapot();
    await guest.write('POST', lines, { sku: 'vase-1', quantity: 1 });
    await putProduct(shop, 'vase', 'potter', { en: 'Vase', ko: '화병' }, 1_400);
    const vase = (await guest.get(`/web/v1/en/cart${GBP}`)).body.parcels[0].lines[1];
    assert.deepEqual([vase.priceBefore.amount, vase.unitPrice.amount], [1_000, 1_400]);
    await admin(shop, 'DELETE', '/v1/admin/products/vase');
    const view = (await guest.get(`/web/v1/en/cart${GBP}`)).body;
    assert.deepEqual(
      view.gone.map(({ sku }: { sku: string }) => sku),
      ['vase-1'],
    );
  });

  it('that is lost is told so, and its lines go into a new one', async () => {
    const { guest } = await withTeapot();
    guest.cookies.set('shopper', 'shp_forged.mac');
    assert.equal((await guest.get(`/web/v1/en/cart${GBP}`)).body.state, 'lost');
    assert.equal((await guest.write('DELETE', `/web/v1/en/cart/lines/teapot-1${GBP}`)).body.code, 'unauthorized');
    const wanted = { lines: [teapot, { sku: 'nothing', quantity: 1 }] };
    const { cart, skipped } = (await guest.write('POST', `/web/v1/en/cart/restore${GBP}`, wanted)).body;
    assert.deepEqual([cart.state, cart.count, skipped], ['open', 1, ['nothing']]);
    assert.equal((await guest.get(`/web/v1/en/cart${GBP}`)).body.cartId, cart.cartId);
  });

  it('of somebody else is not opened by its id', async () => {
    const { cart } = await withTeapot();
    const { guest: stranger } = await withTeapot();
    stranger.cookies.set('cart', cart.cartId);
    const view = (await stranger.get(`/web/v1/en/cart${GBP}`)).body;
    assert.deepEqual([view.state, view.count, view.cartId], ['lost', 0, null]);
  });

  it('takes no write from elsewhere', async () => {
    const { guest } = await withTeapot();
    for (const headers of [{}, { 'x-jangteo': 'page', 'sec-fetch-site': 'cross-site' }]) {
      const response = await guest.raw(lines, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers } as Record<string, string>,
        body: JSON.stringify(teapot),
      });
      assert.equal(response.status, 403);
    }
    assert.equal((await guest.get('/web/v1/cart/count')).body.count, 1);
  });
});

describe('the cart by plain forms', () => {
  it('is filled, changed and emptied, each leading back to it', async () => {
    const guest = visitor(shop.url);
    const added = await guest.form(`/en/cart/lines${GBP}`, { sku: 'teapot-1', quantity: '2' });
    assert.deepEqual([added.status, added.location], [303, '/en/cart']);
    const count = async (fields: Record<string, string>) => {
      assert.equal((await guest.form('/en/cart/line', { sku: 'teapot-1', ...fields })).status, 303);
      return (await guest.get('/web/v1/cart/count')).body.count;
    };
    assert.equal(await count({ act: 'more', quantity: '2' }), 3);
    assert.equal(await count({ act: 'less', quantity: '3' }), 2);
    assert.equal(await count({ quantity: '7' }), 7);
    assert.equal(await count({ act: 'remove', quantity: '7' }), 0);
  });

  it('says in the page why something could not be', async () => {
    const guest = visitor(shop.url);
    const { location } = await guest.form('/en/cart/lines', { sku: 'nothing' });
    assert.equal(location, '/en/cart?problem=unknown_sku');
    assert.match((await guest.get(location ?? '')).body, /not sold in the currency of your cart/);
  });

  it('takes no form from elsewhere', async () => {
    const guest = visitor(shop.url);
    const response = await guest.raw('/en/cart/lines', {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ sku: 'teapot-1' }),
    });
    assert.equal(response.status, 403);
    assert.equal(guest.cookies.size, 0);
  });
});
