import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { catalog, type Offer } from '../../contracts/catalog.ts';
import { orders, type Priced, type Standing } from '../../contracts/orders.ts';
import type { RequestOf } from '../../kernel/contract.ts';
import { done, type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import { serviceUnderTest } from '../../platform/service/service-harness.ts';
import { cartAggregate } from './aggregate.ts';
import { cartService } from './service.ts';

type PlaceRequest = RequestOf<typeof orders.calls.place>;

const PURCHASE = {
  email: 'ann@example.com',
  shippingAddress: { name: 'Ann', line1: '1 Lane', city: 'Leeds', postalCode: 'LS1', country: 'GB' },
  payment: { token: 'tok_visa' },
};

function offerOf(sku: string): Offer {
  const unitPrice = 500;
  return {
    sku,
    productId: `product-${sku}`,
    sellerId: 'potter',
    title: { en: sku },
    options: {},
    unitPrice,
    availability: 'in_stock',
  };
}

const terms = {
  sellerId: 'potter',
  parcelFee: {},
  pricesIncludeTax: true,
  vatBasisPoints: {},
  commissionBasisPoints: 0,
};
const declined = { code: 'card_declined', detail: 'The card was declined.' };

/** A till as orders keeps one: placing an order again changes nothing, a refused one stays refused. */
function till() {
  const standings = new Map<string, Standing>();
  const placed: PlaceRequest[] = [];
  const script: { place: Outcome<Standing>[]; end: Omit<Standing, 'orderId'> } = {
    place: [],
    end: { status: 'confirmed' },
  };
  const handlers = {
    async price({ currency, lines }: RequestOf<typeof orders.calls.price>): Promise<Outcome<Priced>> {
      const amount = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
      return done({
        currency,
        parcels: [],
        totals: { lines: amount, shipping: 0, discount: 0, tax: 0, total: amount },
      });
    },
    async place(request: PlaceRequest): Promise<Outcome<Standing>> {
      const scripted = script.place.shift();
      if (scripted?.kind === 'rejected') {
        standings.set(request.orderId, { orderId: request.orderId, status: 'cancelled', reason: scripted.rejection });
      }
      if (scripted !== undefined) return scripted;
      const standing = standings.get(request.orderId);
      if (standing !== undefined) return done(standing);
      placed.push(request);
      standings.set(request.orderId, { orderId: request.orderId, status: 'placed' });
      return done({ orderId: request.orderId, status: 'placed' });
    },
    async refuse({ orderId, reason }: RequestOf<typeof orders.calls.refuse>): Promise<Outcome<Standing>> {
      const standing = standings.get(orderId) ?? { orderId, status: 'cancelled', reason };
      standings.set(orderId, standing);
      return done(standing);
    },
    async outcome({ orderId, waitMs = 0 }: RequestOf<typeof orders.calls.outcome>): Promise<Outcome<Standing>> {
      const standing = standings.get(orderId);
      if (standing === undefined) return rejected({ code: 'unknown_order', detail: 'Unknown.' });
      if (waitMs > 0 && standing.status === 'placed') standings.set(orderId, { orderId, ...script.end });
      return done(standings.get(orderId) ?? standing);
    },
  };
  return { handlers, standings, placed, script };
}

async function shop(settings: Readonly<Record<string, unknown>> = {}) {
  const sold = new Set(['cup', 'pot']);
  const ordering = till();
  const offers = async ({ skus }: { skus: string[] }) =>
    done({
      offers: skus.filter((sku) => sold.has(sku)).map(offerOf),
      terms: [terms],
      missing: skus.filter((sku) => !sold.has(sku)),
    });
  const service = await serviceUnderTest(
    cartService,
    [
      { contract: catalog, handlers: { offers } },
      { contract: orders, handlers: ordering.handlers },
    ],
    settings,
  );
  const ask = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    options: { body?: object; key?: string; token?: string; prefer?: string } = {},
  ) => {
    const answer = await service.http.inject({
      method,
      url,
      headers: {
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(options.prefer === undefined ? {} : { prefer: options.prefer }),
      },
      ...(options.body === undefined ? {} : { payload: options.body }),
    });
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
  };
  const open = async (...skus: string[]) => {
    const { body } = await ask('POST', '/v1/carts', { body: {} });
    const { cartId, token } = body as { cartId: string; token: string };
    const url = `/v1/carts/${cartId}`;
    for (const sku of skus) await ask('POST', `${url}/lines`, { token, body: { sku, quantity: 1 } });
    const checkout = (key: string, wish: object = {}, prefer = 'wait=5') =>
      ask('POST', `${url}/checkout`, { token, key, prefer, body: { ...PURCHASE, ...wish } });
    return { cartId, token, url, checkout };
  };
  return { ...service, ...ordering, sold, ask, open, [Symbol.asyncDispose]: service[Symbol.asyncDispose] };
}

describe('a cart through the public API', () => {
  it('is shown with prices, marks what is no longer sold, and belongs to its token', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open('cup', 'pot', 'cup');
    carts.sold.delete('pot');
    const { body } = await carts.ask('GET', url, { token });
    assert.deepEqual(
      body.lines.map((line: { sku: string; quantity: number; onSale: boolean }) => [
        line.sku,
        line.quantity,
        line.onSale,
      ]),
      [
        ['cup', 2, true],
        ['pot', 1, false],
      ],
    );
    assert.deepEqual(body.lines[0].lineTotal, { amount: 1_000, currency: 'GBP' });
    assert.deepEqual(body.totals.total, { amount: 1_000, currency: 'GBP' });
    const other = await carts.open();
    assert.equal((await carts.ask('GET', url)).body.code, 'unauthorized');
    assert.equal((await carts.ask('GET', url, { token: other.token })).body.code, 'forbidden');
    assert.equal((await carts.ask('GET', '/v1/carts/crt_nothing', { token })).body.code, 'unknown_cart');
  });

  it('counts parallel adds, every one', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open();
    const add = () => carts.ask('POST', `${url}/lines`, { token, body: { sku: 'cup', quantity: 1 } });
    const answers = await Promise.all(Array.from({ length: 30 }, add));
    assert.ok(answers.every((answer) => answer.status === 200));
    assert.equal((await carts.ask('GET', url, { token })).body.lines[0].quantity, 30);
  });

  it('adds once for one key', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open();
    const add = { token, key: 'add-a-cup', body: { sku: 'cup', quantity: 1 } };
    await Promise.all([carts.ask('POST', `${url}/lines`, add), carts.ask('POST', `${url}/lines`, add)]);
    assert.equal((await carts.ask('POST', `${url}/lines`, add)).body.lines[0].quantity, 1);
    const other = { ...add, body: { sku: 'cup', quantity: 2 } };
    assert.equal((await carts.ask('POST', `${url}/lines`, other)).body.code, 'idempotency_key_reused');
  });

  it('changes, removes, and refuses what cannot be', async () => {
    await using carts = await shop();
    const { url, token } = await carts.open('cup', 'pot');
    const changed = await carts.ask('PATCH', `${url}/lines/cup`, { token, body: { quantity: 4 } });
    assert.equal(changed.body.lines[0].quantity, 4);
    assert.equal((await carts.ask('DELETE', `${url}/lines/cup`, { token })).body.lines.length, 1);
    const cases = [
      [await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'spoon', quantity: 1 } }), 404, 'unknown_sku'],
      [await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'cup', quantity: 0 } }), 400, 'validation_failed'],
      [await carts.ask('PATCH', `${url}/lines/cup`, { token, body: { quantity: 1 } }), 404, 'unknown_line'],
    ] as const;
    for (const [answer, status, code] of cases) assert.deepEqual([answer.status, answer.body.code], [status, code]);
  });

  it('is kept for its shopper: a token opens further carts, and a guest’s long key opens one', async () => {
    await using carts = await shop();
    const { token } = await carts.open();
    const second = await carts.ask('POST', '/v1/carts', { token, body: { currency: 'KRW' } });
    assert.equal(second.status, 201);
    assert.equal(second.body.token, token);
    const long = { key: 'a-guests-own-long-key', body: {} };
    assert.deepEqual(
      (await carts.ask('POST', '/v1/carts', long)).body,
      (await carts.ask('POST', '/v1/carts', long)).body,
    );
    const short = { key: 'short', body: {} };
    const [one, two] = [await carts.ask('POST', '/v1/carts', short), await carts.ask('POST', '/v1/carts', short)];
    assert.notEqual(one.body.cartId, two.body.cartId);
    assert.equal((await carts.ask('POST', '/v1/carts')).status, 201);
  });

  it('merges another cart whose token is shown, once', async () => {
    await using carts = await shop();
    const mine = await carts.open('cup');
    const theirs = await carts.open('cup', 'pot');
    const merge = (token: string) =>
      carts.ask('POST', `${mine.url}/merge`, { token: mine.token, body: { cartId: theirs.cartId, token } });
    assert.equal((await merge(mine.token)).body.code, 'forbidden');
    for (const answer of [
      ...(await Promise.all([merge(theirs.token), merge(theirs.token)])),
      await merge(theirs.token),
    ]) {
      assert.deepEqual(
        answer.body.lines.map((line: { sku: string; quantity: number }) => [line.sku, line.quantity]),
        [
          ['cup', 2],
          ['pot', 1],
        ],
      );
    }
    assert.equal((await carts.ask('GET', theirs.url, { token: theirs.token })).body.code, 'cart_merged');
  });

  it('expires when nobody touches it', async () => {
    await using carts = await shop({ expiresAfterMs: 1_000 });
    const { url, token } = await carts.open('cup');
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const late = await carts.ask('GET', url, { token });
    assert.deepEqual([late.status, late.body.code], [410, 'cart_expired']);
  });
});

describe('checkout', () => {
  it('answers 202 at once, 201 when it waited for the confirmation', async () => {
    await using carts = await shop();
    const first = await (await carts.open('cup')).checkout('one', {}, 'respond-async');
    assert.deepEqual([first.status, first.body.status], [202, 'placed']);
    const second = await (await carts.open('cup')).checkout('one');
    assert.deepEqual([second.status, second.body.status], [201, 'confirmed']);
    assert.equal(second.headers['preference-applied'], 'wait=5');
    const { lines, terms, email, paymentToken } = carts.placed[1] ?? assert.fail('nothing was placed');
    const { sku, productId, sellerId, title, unitPrice } = offerOf('cup');
    assert.deepEqual(lines, [{ sku, productId, sellerId, title, unitPrice, quantity: 1 }]);
    assert.deepEqual([terms.length, email, paymentToken], [1, 'ann@example.com', 'tok_visa']);
  });

  it('comes to one order, however often and with whatever key it is asked for', async () => {
    await using carts = await shop();
    const { checkout } = await carts.open('cup');
    const clicks = await Promise.all(['a', 'a', 'b', 'c', 'd', 'a'].map((key) => checkout(key)));
    const later = await checkout('e');
    const ids = new Set([...clicks, later].map((answer) => answer.body.orderId));
    assert.equal(ids.size, 1, JSON.stringify([...clicks, later].map((answer) => answer.body)));
    assert.equal(carts.placed.length, 1);
  });

  it('needs a key, keeps to its body, and needs something to buy', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    const keyless = await carts.ask('POST', `${url}/checkout`, { token, body: PURCHASE });
    assert.equal(keyless.body.code, 'idempotency_key_required');
    await checkout('one');
    assert.equal((await checkout('one', { email: 'bo@example.com' })).body.code, 'idempotency_key_reused');
    assert.equal((await (await carts.open()).checkout('one')).body.code, 'cart_empty');
  });

  it('that is declined opens the cart again; the same key tells the same, another buys anew', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    carts.script.end = { status: 'cancelled', reason: declined };
    const first = await checkout('one');
    assert.deepEqual([first.status, first.body.code], [402, 'card_declined']);
    carts.script.end = { status: 'confirmed' };
    const again = await checkout('one');
    assert.deepEqual([again.status, again.body.code], [402, 'card_declined']);
    assert.equal((await carts.ask('GET', url, { token })).body.status, 'open');
    const anew = await checkout('two');
    assert.equal(anew.status, 201);
    assert.notEqual(anew.body.orderId, first.body.orderId);
    assert.deepEqual((await checkout('one')).body.code, 'card_declined');
  });

  it('at a changed price opens the cart again', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    carts.script.place.push(rejected({ code: 'price_changed', detail: 'Dearer.', extra: { actual: 2 } }));
    const refused = await checkout('one', { expectedTotal: { amount: 1, currency: 'GBP' } });
    assert.deepEqual([refused.status, refused.body.code], [409, 'price_changed']);
    assert.equal((await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } })).status, 200);
    assert.equal((await checkout('one', { expectedTotal: { amount: 1, currency: 'GBP' } })).body.code, 'price_changed');
    assert.equal((await checkout('two')).status, 201);
  });

  it('of something no longer sold is refused, and the order with it', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup', 'pot');
    carts.sold.delete('pot');
    const refused = await checkout('one');
    assert.deepEqual([refused.status, refused.body.code, refused.body.sku], [409, 'out_of_stock', 'pot']);
    assert.deepEqual(
      [...carts.standings.values()].map(({ status }) => status),
      ['cancelled'],
    );
    await carts.ask('DELETE', `${url}/lines/pot`, { token });
    assert.equal((await checkout('two')).status, 201);
  });

  it('whose order was lost on the way is resumed with the same order', async () => {
    await using carts = await shop();
    const { url, token, checkout } = await carts.open('cup');
    carts.script.place.push(unknown('timeout'));
    assert.equal((await checkout('one')).body.code, 'unavailable');
    const started = await carts.kit.store.load(cartAggregate, url.slice('/v1/carts/'.length));
    const held = await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } });
    assert.equal(held.body.code, 'cart_checked_out');
    const resumed = await checkout('one');
    assert.equal(resumed.status, 201);
    assert.equal(started.state.phase === 'buying' && started.state.orderId, resumed.body.orderId);
    assert.equal(carts.placed.length, 1);
  });

  it('that was given up long ago lets the cart go, and its order can never be placed', async () => {
    await using carts = await shop();
    const { cartId, url, token } = await carts.open('cup');
    const now = Date.now() - 61_000;
    const begun = { type: 'startCheckout', orderId: 'ord-lost', now, expiresAfterMs: 1_000_000 } as const;
    await carts.kit.store.decide({ intents: [intent(cartAggregate, cartId, begun)] });
    const added = await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } });
    assert.equal(added.body.lines.length, 2);
    assert.equal(carts.standings.get('ord-lost')?.status, 'cancelled');
  });

  it('whose order is cancelled later gives the cart back', async () => {
    await using carts = await shop();
    const { cartId, url, token, checkout } = await carts.open('cup');
    const { body } = await checkout('one');
    const heard = { orderId: body.orderId, cartId, cancelledAt: Date.now() };
    const effects = await carts.running.subscriptions?.[0]?.on.OrderCancelled?.({ data: heard } as never);
    for (const _ of [1, 2]) await carts.kit.store.decide({ intents: effects?.intents ?? [] });
    assert.equal((await carts.ask('POST', `${url}/lines`, { token, body: { sku: 'pot', quantity: 1 } })).status, 200);
  });

  it('writes the start of the attempt in one commit, and nothing more', async () => {
    await using carts = await shop();
    const { cartId, checkout } = await carts.open('cup');
    const commits: string[][] = [];
    carts.kit.store.onCommitted((events) => commits.push(events.map((event) => event.type)));
    await checkout('one');
    assert.deepEqual(commits, [['CheckoutStarted']]);
    const kept = JSON.stringify(await carts.kit.store.history(cartAggregate, cartId));
    for (const secret of ['ann@example.com', 'tok_visa', 'Leeds']) assert.ok(!kept.includes(secret));
  });
});
