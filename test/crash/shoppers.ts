import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  type Answer,
  admin,
  type Body,
  type Cart,
  call,
  cartWith,
  checkout,
  eventually,
  putProduct,
  type ShopUnderTest,
  stockShop,
} from '../scenarios/api.ts';

/** A checkout as its shopper knows it. Without `answer` the shopper never heard how it came out. */
export interface Purchase {
  readonly cart: Cart;
  readonly key: string;
  readonly sku: string;
  readonly paymentToken: string;
  readonly startedAt: number;
  answer?: Answer;
  endedAt?: number;
  /** Why there is no answer. */
  lost?: unknown;
  /** The parcel that the seller asked to ship, acknowledged or not. */
  parcel?: string;
}

export interface Crowd {
  readonly purchases: readonly Purchase[];
  /** Answers other than the ones expected of a shop in trouble, e.g. a 500. */
  readonly surprises: readonly Answer[];
  /** Lets everybody finish what they are at. */
  leave(): Promise<void>;
  /** The same, for a test that fails on its way. */
  [Symbol.asyncDispose](): Promise<void>;
}

export const PLENTY = 'teapot-1';
export const SCARCE = 'moon-jar-1';
const PLENTIFUL_STOCK = 1_000_000;
const EXPECTED = new Set([200, 201, 202, 402, 409, 503]);
const PAUSE_AFTER_TROUBLE_MS = 20;

/** The scenarios' goods, and one of which there are only a few pieces. */
export async function stockForCrowds(shop: ShopUnderTest, scarcePieces: number): Promise<void> {
  await stockShop(shop);
  await putProduct(shop, 'moon-jar', 'potter', { en: 'Moon jar', ko: '달항아리' }, 9_900);
  await admin(shop, 'PUT', `/v1/admin/stock/${SCARCE}`, { onHand: scarcePieces });
}

/** Shoppers who buy one after another until they leave. Every sixth wants the scarce thing, every eighth card is declined. */
export function crowd(shop: ShopUnderTest, size: number, options: { readonly wait?: number } = {}): Crowd {
  const purchases: Purchase[] = [];
  const surprises: Answer[] = [];
  let leaving = false;
  let turns = 0;

  const buy = async () => {
    const turn = turns++;
    const sku = turn % 6 === 5 ? SCARCE : PLENTY;
    const cart = await cartWith(shop, { [sku]: 1 });
    const paymentToken = turn % 8 === 7 ? 'tok_declined' : 'tok_visa';
    const purchase: Purchase = { cart, key: randomUUID(), sku, paymentToken, startedAt: performance.now() };
    purchases.push(purchase);
    await ask(shop, purchase, options.wait ?? 5);
    if (purchase.answer !== undefined && !EXPECTED.has(purchase.answer.status)) surprises.push(purchase.answer);
    if (turn % 4 === 0 && purchase.answer?.status === 201) await ship(shop, purchase);
  };

  const shopper = async () => {
    while (!leaving) {
      await buy().catch(() => new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_TROUBLE_MS)));
    }
  };
  const shoppers = Array.from({ length: size }, shopper);
  const leave = async () => {
    leaving = true;
    await Promise.all(shoppers);
  };
  return { purchases, surprises, leave, [Symbol.asyncDispose]: leave };
}

/** Sends a purchase's request, for the first time or again with its key, and notes the answer. */
export async function ask(shop: ShopUnderTest, purchase: Purchase, wait = 5): Promise<void> {
  const { cart, key, paymentToken } = purchase;
  try {
    purchase.answer = await checkout(shop, cart, { key, paymentToken, wait });
  } catch (error) {
    purchase.lost = error;
  }
  purchase.endedAt = performance.now();
}

async function ship(shop: ShopUnderTest, purchase: Purchase): Promise<void> {
  const orderId: string = purchase.answer?.body.orderId;
  const { body } = await call(shop, 'GET', `/v1/orders/${orderId}`, { token: purchase.cart.token });
  purchase.parcel = `/v1/admin/orders/${orderId}/parcels/${body.parcels[0].parcelId}/ship`;
  await admin(shop, 'POST', purchase.parcel, {}, `ship-${orderId}`);
}

/**
 * Proves what every shopper may rely on after a fault: what was acknowledged is there, once, and comes to its end; who repeats
 * the request with the same key gets that order and no second one; who never heard an answer gets one now.
 */
export async function assertNothingLost(shop: ShopUnderTest, purchases: readonly Purchase[]): Promise<void> {
  assert.ok(purchases.length > 0, 'nobody bought anything');
  await inTurns(purchases, 16, async (purchase) => {
    const { answer } = purchase;
    const before = acknowledged(answer);
    await eventually(
      async () => {
        await ask(shop, purchase);
        return purchase.answer ?? { status: 0, headers: new Headers(), body: undefined };
      },
      ({ status }) => status !== 503 && status !== 202 && status !== 0,
    );
    const again = purchase.answer as Answer;
    const shown = [before, again.status, again.body];
    const orderId: string = again.body.orderId;
    if (before !== undefined) assert.equal(orderId, before, JSON.stringify(shown));
    if (answer?.status === 201) assert.equal(again.status, 201, JSON.stringify(shown));
    const orders = await eventually(
      () => ordersOf(shop, purchase.cart),
      (found) => found.length > 0 && found.every(({ status }) => status !== 'placed'),
    );
    assert.deepEqual([orders.length, orders[0].orderId], [1, orderId], JSON.stringify([shown, orders]));
    for (const order of orders) {
      if (again.status === 201) assert.notEqual(order.status, 'cancelled');
      else assert.equal(order.status, 'cancelled');
      if (order.status === 'cancelled') assert.ok(order.reason?.code, JSON.stringify(order));
    }
    if (purchase.parcel !== undefined) await admin(shop, 'POST', purchase.parcel, {}, `ship-${orderId}`);
  });
}

/** Proves that no piece was lost or sold twice, whatever happened. Give all purchases since the stock was filled. */
export async function assertStockWhole(
  shop: ShopUnderTest,
  purchases: readonly Purchase[],
  scarcePieces: number,
): Promise<void> {
  for (const [sku, pieces] of [
    [PLENTY, PLENTIFUL_STOCK],
    [SCARCE, scarcePieces],
  ] as const) {
    const bought = purchases.filter((each) => each.sku === sku && each.answer?.status === 201).length;
    const level = await eventually(
      () => admin(shop, 'GET', `/v1/admin/stock/${sku}`),
      ({ reserved, sold }) => reserved === 0 && sold === bought,
    );
    assert.equal(level.onHand + level.sold, pieces, JSON.stringify(level));
    assert.ok(bought <= pieces, `${bought} of ${pieces} pieces were sold`);
  }
}

/** Proves that the ledger balances, in each currency. */
export async function assertLedgerBalances(shop: ShopUnderTest): Promise<void> {
  const { currencies } = await admin(shop, 'GET', '/v1/admin/ledger/trial-balance');
  assert.ok(currencies.length > 0, 'nothing was ever captured');
  for (const { debits, credits } of currencies) assert.equal(debits, credits);
}

/** Whether a shopper gets an order confirmed now. */
export async function sells(shop: ShopUnderTest): Promise<boolean> {
  try {
    return (await checkout(shop, await cartWith(shop, { 'towel-1': 1 }))).status === 201;
  } catch {
    return false;
  }
}

/** What the shop said yes to: the order's id. */
export function acknowledged(answer: Answer | undefined): string | undefined {
  return answer?.status === 201 || answer?.status === 202 ? answer.body.orderId : undefined;
}

async function ordersOf(shop: ShopUnderTest, cart: Cart): Promise<readonly Body[]> {
  const answer = await call(shop, 'GET', '/v1/orders', { token: cart.token });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.items;
}

async function inTurns<Each>(all: readonly Each[], atOnce: number, act: (each: Each) => Promise<void>): Promise<void> {
  const waiting = all.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const each of waiting) await act(each);
    }),
  );
}
