import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryCaches } from '../../platform/cache/memory.ts';
import { type Caches, CacheUnavailable } from '../../platform/cache/port.ts';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { baskets } from './basket.ts';
import { offerOf, shop } from './cart-harness.ts';
import { bothTokens, cartCopies, seenIn, seenToken } from './copies.ts';
import { keptOffers } from './kept-offers.ts';
import { cartReading } from './reading.ts';

const EXPIRES_MS = 60_000;

/** A shop whose carts leave copies, and another process that reads them. */
async function withCopies() {
  const state = { isAway: false };
  const memory = memoryCaches(systemClock);
  const caches: Caches = (space) => {
    const cache = memory(space);
    const reach = <Answer>(ask: () => Promise<Answer>) =>
      state.isAway ? Promise.reject(new CacheUnavailable('away')) : ask();
    return {
      get: (key) => reach(() => cache.get(key)),
      set: (key, value, ttlMs) => reach(() => cache.set(key, value, ttlMs)),
      delete: (key) => reach(() => cache.delete(key)),
    };
  };
  const carts = await shop({ expiresAfterMs: EXPIRES_MS }, { copies: caches });
  const told: string[] = [];
  const read = cartReading({
    copies: cartCopies(caches, systemRandom),
    offering: baskets(carts.kit),
    clock: systemClock,
    expiresAfterMs: EXPIRES_MS,
    told: (outcome) => told.push(outcome),
  });
  const shopperOf = (token: string) => carts.capabilities.shopperOf({ headers: { authorization: `Bearer ${token}` } });
  /** As another process reads it, once the copy of the last change has arrived. */
  const elsewhere = async (cart: { cartId: string; token: string }, after?: string) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const shopperId = shopperOf(cart.token) ?? '';
    return read({ cartId: cart.cartId, shopperId, ...(after !== undefined && { after }) });
  };
  return { ...carts, state, told, elsewhere };
}

const tokenIn = (answer: { headers: object }) => (answer.headers as Record<string, string>)['jangteo-token'];

describe('carts from copies', () => {
  it('are the same as where they are led, for whoever says what they have seen', async () => {
    await using carts = await withCopies();
    const cart = await carts.open('cup', 'pot');
    const shown = await carts.ask('GET', cart.url, { token: cart.token });
    assert.equal(tokenIn(shown), shown.body.asOf);
    assert.deepEqual(await carts.elsewhere(cart, shown.body.asOf), { kind: 'done', answer: shown.body });
    assert.equal(await carts.elsewhere(cart), undefined);
    const other = await carts.open('cup');
    assert.equal(
      await carts.elsewhere(cart, tokenIn(await carts.ask('GET', other.url, { token: other.token }))),
      undefined,
    );
    assert.deepEqual(carts.told, ['hit', 'unseen', 'unseen']);
  });

  it('belong to their shopper, and end as they do', async () => {
    await using carts = await withCopies();
    const [cart, other] = [await carts.open('cup'), await carts.open('pot')];
    const { asOf } = (await carts.ask('GET', cart.url, { token: cart.token })).body;
    const foreign = await carts.elsewhere({ cartId: cart.cartId, token: other.token }, asOf);
    assert.equal(foreign?.kind === 'rejected' && foreign.rejection.code, 'forbidden');
    await carts.ask('POST', `${other.url}/merge`, {
      token: other.token,
      body: { cartId: cart.cartId, token: cart.token },
    });
    const merged = await carts.elsewhere(cart, asOf);
    assert.deepEqual(merged?.kind === 'rejected' && [merged.rejection.code, merged.rejection.extra], [
      'cart_merged',
      { cartId: other.cartId },
    ]);
  });

  it('follow every change; each of its answers names the state that it shows', async () => {
    await using carts = await withCopies();
    const cart = await carts.open('cup');
    const line = `${cart.url}/lines/cup`;
    for (const [method, url, body, prefer] of [
      ['POST', `${cart.url}/lines`, { sku: 'pot', quantity: 2 }, undefined],
      ['POST', `${cart.url}/lines`, { sku: 'pot', quantity: 1 }, 'return=minimal'],
      ['PATCH', line, { quantity: 5 }, undefined],
      ['DELETE', line, undefined, undefined],
    ] as const) {
      const changed = await carts.http.inject({
        ...{ method, url },
        headers: { authorization: `Bearer ${cart.token}`, ...(prefer && { prefer }) },
        ...(body && { payload: body }),
      });
      const shown = (await carts.ask('GET', cart.url, { token: cart.token })).body;
      assert.equal(tokenIn(changed), shown.asOf, `${method} ${url}`);
      assert.deepEqual(await carts.elsewhere(cart, tokenIn(changed)), { kind: 'done', answer: shown });
    }
  });

  it('cost whoever leads them one look at the cart, also when a new copy is left', async (test) => {
    await using carts = await withCopies();
    const cart = await carts.open('cup');
    const load = test.mock.method(carts.kit.store, 'load');
    const { asOf } = (await carts.ask('GET', cart.url, { token: cart.token })).body;
    assert.equal((await carts.ask('GET', `${cart.url}?after=${asOf}`, { token: cart.token })).status, 200);
    assert.equal(load.mock.callCount(), 2);
  });

  it('never show a cart as open to whoever has bought it', async () => {
    await using carts = await withCopies();
    const cart = await carts.open('cup');
    const before = (await carts.ask('GET', cart.url, { token: cart.token })).body.asOf;
    // The copy of the purchase is lost.
    carts.state.isAway = true;
    const bought = await cart.checkout('a-key-of-this-purchase');
    assert.equal(bought.status, 201);
    await carts.elsewhere(cart, before);
    carts.state.isAway = false;
    assert.equal(await carts.elsewhere(cart, tokenIn(bought)), undefined);
    const stale = await carts.elsewhere(cart, before);
    assert.equal(stale?.kind === 'done' && stale.answer.status, 'open', 'only who does not know of it yet is shown it');
    const asked = await carts.ask('GET', `${cart.url}?after=${tokenIn(bought)}`, { token: cart.token });
    assert.equal(asked.body.status, 'buying');
    const found = await carts.elsewhere(cart, tokenIn(bought));
    assert.deepEqual(found, { kind: 'done', answer: asked.body }, 'whoever leads it has left a new copy');
  });
});

describe('a token', () => {
  const version = { epoch: 'e', number: 7 };

  it('says which state of one cart somebody has seen', () => {
    const token = seenToken('crt_1', version);
    assert.deepEqual([seenIn(token, 'crt_1'), seenIn(token, 'crt_2')], [version, undefined]);
    assert.deepEqual([seenIn(undefined, 'crt_1'), seenIn('no token', 'crt_1')], [undefined, undefined]);
  });

  it('may say more than one thing', () => {
    const both = bothTokens(seenToken('crt_1', version), seenToken('crt_2', version));
    assert.deepEqual([seenIn(both, 'crt_1'), seenIn(both, 'crt_2')], [version, version]);
    assert.deepEqual([bothTokens('a', undefined), bothTokens(undefined, 'b')], ['a', 'b']);
  });
});

describe('kept offers', () => {
  /** A catalogue whose price the test changes, and publishes. */
  function catalogue() {
    const state = { now: 1_000, price: 500, asked: 0 };
    const listeners: { tags: (tags: readonly string[]) => void; anything: () => void }[] = [];
    const terms = {
      sellerId: 'potter',
      parcelFee: {},
      pricesIncludeTax: true,
      vatBasisPoints: {},
      commissionBasisPoints: 0,
    };
    const ask = async (skus: readonly string[]) => {
      state.asked++;
      const offers = new Map(skus.map((sku) => [sku, { ...offerOf(sku), unitPrice: state.price }]));
      await new Promise(setImmediate);
      return { offers, terms: [terms] };
    };
    const subscribe = (tags: (tags: readonly string[]) => void, anything: () => void) => {
      listeners.push({ tags, anything });
      return () => undefined;
    };
    const kept = keptOffers(ask, { subscribe }, { now: () => state.now });
    const priceOf = async (sku: string) => (await kept.offersOf([sku], 'GBP')).offers.get(sku)?.unitPrice;
    const publish = (...tags: string[]) => {
      for (const listener of listeners) listener.tags(tags);
    };
    const lostWord = () => {
      for (const listener of listeners) listener.anything();
    };
    return { state, kept, priceOf, publish, lostWord };
  }

  it('are asked for once, until one of their tags is published', async () => {
    const { state, kept, priceOf, publish } = catalogue();
    assert.equal((await kept.offersOf(['cup', 'pot'], 'GBP')).terms.length, 1);
    assert.deepEqual([await priceOf('cup'), await priceOf('pot'), state.asked], [500, 500, 1]);
    for (const tag of ['sku:cup', 'product:product-cup', 'seller:potter']) {
      state.price++;
      publish('something else', tag);
      assert.equal(await priceOf('cup'), state.price, tag);
    }
    assert.equal(state.asked, 4);
  });

  it('are not kept when they changed while they were asked for', async () => {
    const { state, priceOf, publish } = catalogue();
    const asked = priceOf('cup');
    state.price = 600;
    publish('sku:cup');
    assert.deepEqual([await asked, await priceOf('cup')], [500, 600]);
  });

  it('are gone when a word may have been lost, and after a minute', async () => {
    const { state, priceOf, lostWord } = catalogue();
    await priceOf('cup');
    state.price = 600;
    lostWord();
    assert.equal(await priceOf('cup'), 600);
    state.price = 700;
    state.now += 60_001;
    assert.equal(await priceOf('cup'), 700);
  });
});
