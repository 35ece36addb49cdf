import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/** A shop as the scenarios see it: an address and an admin token. */
export interface ShopUnderTest {
  readonly url: string;
  readonly adminToken: string;
}

// biome-ignore lint/suspicious/noExplicitAny: scenarios look into answers as a stranger's program would, without our types
export type Body = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Call {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Uint8Array;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

/** One request. Answers whatever comes back; throws only when nothing does. */
export async function call(shop: ShopUnderTest, method: string, path: string, options: Call = {}): Promise<Answer> {
  const hasBody = options.body !== undefined || options.raw !== undefined;
  const response = await fetch(new URL(path, shop.url), {
    method,
    headers: {
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(hasBody ? { body: (options.raw ?? JSON.stringify(options.body)) as string } : {}),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}

/** A call of the admin API that has to succeed. */
export async function admin(
  shop: ShopUnderTest,
  method: string,
  path: string,
  body?: unknown,
  key?: string,
): Promise<Body> {
  const answer = await call(shop, method, path, {
    token: shop.adminToken,
    ...(body === undefined ? {} : { body }),
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });
  assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Asserts that an answer is a problem of RFC 9457 with this status and code. */
export function assertProblem(answer: Answer, status: number, code: string): void {
  assert.equal(`${answer.status} ${answer.body?.code}`, `${status} ${code}`, JSON.stringify(answer.body));
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  for (const field of ['type', 'title', 'detail', 'status'])
    assert.ok(field in answer.body, `a problem has a ${field}`);
}

/** Sellers, a category and products that scenarios sell, with stock. Safe to repeat. */
export async function stockShop(shop: ShopUnderTest): Promise<void> {
  const terms = {
    parcelFee: { GBP: 399 },
    pricesIncludeTax: true,
    vatBasisPoints: { GB: 2000 },
    commissionBasisPoints: 1000,
  };
  for (const [sellerId, en, ko] of [
    ['potter', 'The Potter', '도공'],
    ['weaver', 'The Weaver', '직조공'],
  ]) {
    await admin(shop, 'PUT', `/v1/admin/sellers/${sellerId}`, { name: { en, ko }, terms });
  }
  await admin(shop, 'PUT', '/v1/admin/categories/kitchen', { name: { en: 'Kitchen', ko: '주방' } });
  await putProduct(shop, 'teapot', 'potter', { en: 'Blue stoneware teapot', ko: '파란 도자기찻주전자' }, 2500);
  await putProduct(shop, 'towel', 'weaver', { en: 'Linen towel', ko: '리넨 수건' }, 1200);
  for (const sku of ['teapot-1', 'towel-1']) await admin(shop, 'PUT', `/v1/admin/stock/${sku}`, { onHand: 1_000_000 });
}

export async function putProduct(
  shop: ShopUnderTest,
  productId: string,
  sellerId: string,
  title: { en: string; ko: string },
  pence: number,
): Promise<void> {
  await admin(shop, 'PUT', `/v1/admin/products/${productId}`, {
    sellerId,
    categoryIds: ['kitchen'],
    title,
    description: { en: `${title.en}, made by hand.`, ko: `${title.ko}, 손으로 만들었습니다.` },
    images: [],
    variants: [{ sku: `${productId}-1`, options: {}, prices: { GBP: pence } }],
  });
}

export const checkoutBody = (paymentToken = 'tok_visa') => ({
  email: 'sun@example.com',
  shippingAddress: { name: 'Sun Kim', line1: '1 Market Street', city: 'London', postalCode: 'N1 7AA', country: 'GB' },
  payment: { token: paymentToken },
});

export interface Cart {
  readonly cartId: string;
  readonly token: string;
}

/** A new guest's cart with these quantities in it. */
export async function cartWith(shop: ShopUnderTest, lines: Readonly<Record<string, number>>): Promise<Cart> {
  const opened = await call(shop, 'POST', '/v1/carts', { body: { currency: 'GBP' } });
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const cart: Cart = opened.body;
  for (const [sku, quantity] of Object.entries(lines)) {
    const added = await call(shop, 'POST', `/v1/carts/${cart.cartId}/lines`, {
      token: cart.token,
      body: { sku, quantity },
    });
    assert.ok(added.status < 300, JSON.stringify(added.body));
  }
  return cart;
}

/** Checks a cart out; waits up to `wait` seconds for the outcome. */
export function checkout(
  shop: ShopUnderTest,
  cart: Cart,
  options: { paymentToken?: string; wait?: number; key?: string; body?: object } = {},
): Promise<Answer> {
  return call(shop, 'POST', `/v1/carts/${cart.cartId}/checkout`, {
    token: cart.token,
    body: { ...checkoutBody(options.paymentToken), ...options.body },
    headers: {
      'idempotency-key': options.key ?? randomUUID(),
      ...(options.wait === 0 ? {} : { prefer: `wait=${options.wait ?? 10}` }),
    },
  });
}

/** Asks until `look` says true; fails with what was last seen. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  look: (value: Value) => boolean,
  withinMs = 20_000,
): Promise<Value> {
  const until = Date.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (look(value)) return value;
    if (Date.now() > until) assert.fail(`not within ${withinMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The order as its owner reads it. */
export async function order(shop: ShopUnderTest, orderId: string, token: string): Promise<Body> {
  const answer = await call(shop, 'GET', `/v1/orders/${orderId}`, { token });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}
