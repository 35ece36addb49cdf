import type { Connection } from './load/connection.ts';

const SHIPPING_ADDRESS = {
  name: 'Sun Kim',
  line1: '1 Market Street',
  city: 'London',
  postalCode: 'N1 7AA',
  country: 'GB',
};

/** An order that was confirmed, and how long the checkout call took, in ms. */
export interface Bought {
  readonly orderId: string;
  readonly token: string;
  readonly checkoutMs: number;
}

/** Prefixes of idempotency keys that no other load of this run has. */
export function newRun(): string {
  return process.hrtime.bigint().toString(36);
}

/**
 * A whole checkout: a cart, a line, a checkout that waits until the order is *confirmed*, authorised by the processor over HTTP.
 * Throws what was answered instead.
 */
export async function checkout(connection: Connection, sku: string, key: string): Promise<Bought> {
  const opened = await expect(connection.ask('POST', '/v1/carts', '', '{"currency":"GBP"}'), 201);
  const { cartId, token } = JSON.parse(opened) as { cartId: string; token: string };
  const bearer = `authorization: Bearer ${token}\r\n`;
  await expect(connection.ask('POST', `/v1/carts/${cartId}/lines`, bearer, JSON.stringify({ sku, quantity: 1 })), 200);
  const body = { email: `${key}@example.com`, shippingAddress: SHIPPING_ADDRESS, payment: { token: 'tok_visa' } };
  const headers = `${bearer}idempotency-key: ${key}\r\nprefer: wait=20\r\n`;
  const from = performance.now();
  const answer = await expect(
    connection.ask('POST', `/v1/carts/${cartId}/checkout`, headers, JSON.stringify(body)),
    201,
  );
  const checkoutMs = performance.now() - from;
  const { orderId, status } = JSON.parse(answer) as { orderId: string; status: string };
  if (status !== 'confirmed') throw new Error(`the order is ${status}`);
  return { orderId, token, checkoutMs };
}

async function expect(asked: ReturnType<Connection['ask']>, wanted: number): Promise<string> {
  const { status, body } = await asked;
  if (status !== wanted) throw new Error(`answered ${status}: ${body.slice(0, 300)}`);
  return body;
}
