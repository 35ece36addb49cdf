import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { admin, putProduct } from '../../../../test/scenarios/api.ts';
import type { MemoryShop } from '../../../composition/memory-shop-harness.ts';
import { purchase, stockedShop, TYPED, type Visitor, visitor } from '../visitor-harness.ts';

let shop: MemoryShop;
before(async () => {
  shop = await stockedShop();
});
after(() => shop[Symbol.asyncDispose]());

const GBP = '?currency=GBP';
const TOTAL = 2_899;

async function ready(sku = 'teapot-1'): Promise<{ guest: Visitor; cartId: string }> {
  const guest = visitor(shop.url);
  const added = await guest.write('POST', `/web/v1/en/cart/lines${GBP}`, { sku, quantity: 1 });
  return { guest, cartId: added.body.cartId };
}
const buy = (guest: Visitor, body: object, key?: string) => guest.write('POST', '/web/v1/checkout', body, key);
const ordersOf = async (guest: Visitor) => (await guest.get('/web/v1/en/orders')).body.orders.length;

describe('the checkout', () => {
  it('is priced with the taxes of where the order goes', async () => {
    const { guest } = await ready();
    const at = async (country: string) =>
      (await guest.get(`/web/v1/en/checkout${GBP}&country=${country}`)).body.cart.totals;
    assert.deepEqual([(await at('GB')).tax.amount, (await at('US')).tax.amount], [483, 0]);
    const view = (await guest.get(`/web/v1/ko/checkout${GBP}`)).body;
    assert.equal(view.country, 'KR');
    assert.ok(view.countries.some(({ name }: { name: string }) => name === '대한민국'));
  });

  it('is one order, however often and with whichever key it is asked', async () => {
    const { guest, cartId } = await ready();
    const body = purchase(cartId, TOTAL);
    const answers = await Promise.all([buy(guest, body, 'one'), buy(guest, body, 'one'), buy(guest, body, 'two')]);
    answers.push(await buy(guest, body, 'one'), await buy(guest, body, 'three'));
    const ids = new Set(answers.map((answer) => answer.body.orderId));
    assert.deepEqual([ids.size, await ordersOf(guest)], [1, 1], JSON.stringify(answers.map(({ body: said }) => said)));
    const { cart } = (await guest.get(`/web/v1/en/checkout${GBP}`)).body;
    assert.deepEqual([cart.state, cart.orderId, cart.count], ['bought', [...ids][0], 0]);
    assert.match((await guest.get(`/en/checkout${GBP}`)).body, /You have already bought this/);
  });

  it('begins a new cart with what is added after', async () => {
    const { guest, cartId } = await ready();
    await buy(guest, purchase(cartId, TOTAL));
    const next = (await guest.write('POST', `/web/v1/en/cart/lines${GBP}`, { sku: 'towel-1', quantity: 1 })).body;
    assert.deepEqual([next.state, next.count], ['open', 1]);
    assert.notEqual(next.cartId, cartId);
    assert.equal(await ordersOf(guest), 1);
  });

  it('tells a declined card, and takes another under a new key', async () => {
    const { guest, cartId } = await ready();
    const declined = await buy(guest, purchase(cartId, TOTAL, 'tok_declined'), 'one');
    assert.deepEqual([declined.status, declined.body.code], [402, 'card_declined']);
    const other = await buy(guest, purchase(cartId, TOTAL, 'tok_visa'), 'one');
    assert.equal(other.body.code, 'idempotency_key_reused');
    assert.equal((await buy(guest, purchase(cartId, TOTAL, 'tok_visa'), 'two')).body.status, 'confirmed');
  });

  it('tells a total that has changed, with the old one and the new', async () => {
    const { guest, cartId } = await ready();
    const { body } = await buy(guest, purchase(cartId, 1_000));
    assert.deepEqual([body.code, body.expected.amount, body.actual.amount], ['price_changed', 1_000, TOTAL]);
    assert.equal(await ordersOf(guest), 0);
  });

  it('tells what has sold out, and how many there are', async () => {
    await putProduct(shop, 'bowl', 'potter', { en: 'Bowl', ko: '그릇' }, 2_500);
    await admin(shop, 'PUT', '/v1/admin/stock/bowl-1', { onHand: 0 });
    const { guest, cartId } = await ready('bowl-1');
    const { body } = await buy(guest, purchase(cartId, TOTAL));
    assert.deepEqual([body.code, body.sku, body.available], ['out_of_stock', 'bowl-1', 0]);
  });

  it('refuses without a session, without a key, and what does not fit', async () => {
    const { guest, cartId } = await ready();
    assert.equal((await buy(visitor(shop.url), purchase(cartId, TOTAL))).body.code, 'unauthorized');
    const { guest: stranger } = await ready();
    assert.equal((await buy(stranger, purchase(cartId, TOTAL))).body.code, 'forbidden');
    assert.equal((await buy(guest, purchase(cartId, TOTAL), ' ')).body.code, 'idempotency_key_required');
    const { body } = await buy(guest, { ...purchase(cartId, TOTAL), email: 'sun' });
    assert.equal(body.errors[0].path, 'body/email');
    const empty = await ready();
    await empty.guest.write('DELETE', `/web/v1/en/cart/lines/teapot-1${GBP}`);
    assert.equal((await buy(empty.guest, purchase(empty.cartId, TOTAL))).body.code, 'cart_empty');
  });
});

describe('the checkout by a plain form', () => {
  async function typed(change: Partial<typeof TYPED> = {}) {
    const { guest, cartId } = await ready();
    const { key } = (await guest.get(`/web/v1/en/checkout${GBP}`)).body;
    const fields = { ...TYPED, ...change, cartId, key, total: String(TOTAL), currency: 'GBP' };
    return { guest, fields, send: () => guest.form(`/en/checkout${GBP}`, fields) };
  }

  it('leads to the order, to the same one at the second click', async () => {
    const { guest, send } = await typed();
    const [first, second] = await Promise.all([send(), send()]);
    assert.equal(first.status, 303);
    assert.match(first.location ?? '', /^\/en\/orders\/ord_/);
    assert.equal(second.location, first.location);
    assert.equal(await ordersOf(guest), 1);
    assert.match((await guest.get(first.location ?? '')).body, /<noscript><meta http-equiv="refresh"/);
  });

  it('shows the page again with what was typed and what stands against it', async () => {
    const amiss = await (await typed({ email: 'sun', city: '' })).send();
    assert.equal(amiss.status, 400);
    assert.match(amiss.body, /value="Sun Kim"/);
    for (const said of ['Enter an email address', 'Enter the city']) assert.ok(amiss.body.includes(said), said);
    const declined = await (await typed({ card: 'tok_declined' })).send();
    assert.equal(declined.status, 402);
    assert.match(declined.body, /The card was declined/);
    assert.match(declined.body, /value="sun@example.com"/);
  });

  it('never shows a typed text as markup', async () => {
    const { body } = await (await typed({ name: '"><img src=x>', card: 'tok_declined' })).send();
    assert.ok(!body.includes('<img src=x>'));
  });
});
