import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { call, cartWith, checkout, eventually, order } from '../scenarios/api.ts';
import { type ShopUnderTest, startShop } from '../shop.ts';
import { acknowledged, assertNothingLost, assertStockWhole, crowd, type Purchase, stockForCrowds } from './shoppers.ts';

const PIECES = 20;
const SLOW_MS = 3_000;
const BROWSING_WITHIN_MS = 1_500;

let shop: ShopUnderTest;
before(async () => {
  shop = await startShop();
  await stockForCrowds(shop, PIECES);
});
after(() => shop?.stop());

const everything: Purchase[] = [];

describe('a card processor that is down under load', () => {
  it('fails no order: its breaker opens, the orders wait, and all complete when it is back', async () => {
    await using shoppers = crowd(shop, 16, { wait: 1 });
    const { purchases, surprises } = shoppers;
    await pause(500);
    await processor({ down: true });
    await eventually(breaker, (state) => state === 'open');
    await pause(1_000);
    await processor({ down: false });
    await eventually(breaker, (state) => state === 'closed');
    await shoppers.leave();
    everything.push(...purchases);

    assert.deepEqual(surprises, []);
    assert.deepEqual(purchases.map(({ lost }) => lost).filter(Boolean), []);
    const refusals = new Set(purchases.map(({ answer }) => answer?.body.code).filter(Boolean));
    for (const code of refusals) assert.ok(code === 'card_declined' || code === 'out_of_stock', code);
    const waited = purchases.filter(({ answer }) => answer?.status === 202);
    assert.ok(waited.length > 0, 'no order had to wait');
    for (const { cart, answer, paymentToken } of waited) {
      const end = paymentToken === 'tok_declined' ? 'cancelled' : 'confirmed';
      const ended = await eventually(
        () => order(shop, acknowledged(answer) ?? '', cart.token),
        ({ status }) => status !== 'placed',
      );
      if (ended.reason?.code !== 'out_of_stock') assert.equal(ended.status, end, JSON.stringify(ended));
    }
    await assertNothingLost(shop, purchases);
    await assertStockWhole(shop, everything, PIECES);
  });
});

describe('a card processor that is slow', () => {
  it('keeps nobody else from browsing', async () => {
    await processor({ slowMs: SLOW_MS });
    const carts = await Promise.all(Array.from({ length: 40 }, () => cartWith(shop, { 'towel-1': 1 })));
    let paying = true;
    const paid = Promise.all(carts.map((cart) => checkout(shop, cart, { paymentToken: 'tok_slow', wait: 20 })));
    paid.finally(() => {
      paying = false;
    });
    const times: number[] = [];
    while (paying) {
      const startedAt = performance.now();
      const answers = await Promise.all(
        ['/v1/products?limit=10', '/v1/products/teapot', '/v1/search?q=teapot'].map((path) => call(shop, 'GET', path)),
      );
      times.push(performance.now() - startedAt);
      for (const { status } of answers) assert.equal(status, 200);
    }
    for (const answer of await paid) assert.equal(answer.status, 201, JSON.stringify(answer.body));
    assert.ok(Math.max(...times) < BROWSING_WITHIN_MS, `browsing took up to ${Math.max(...times)} ms`);
  });
});

/** Sets how the processor's simulator behaves. */
async function processor(moods: object): Promise<void> {
  const answer = await fetch(new URL('/control', shop.processorUrl), { method: 'POST', body: JSON.stringify(moods) });
  assert.equal(answer.status, 200);
}

/** The processor's circuit breaker, as the metrics tell it. */
async function breaker(): Promise<string | undefined> {
  const { body } = await call(shop, 'GET', '/metrics');
  const value = /^jangteo_breaker_state\{breaker="card-processor"\} (\d)$/m.exec(body)?.[1];
  return ['closed', 'half open', 'open'][Number(value)];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
