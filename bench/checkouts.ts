import { closedLoop, type LoadResult } from './load/closed-loop.ts';
import type { Connection } from './load/connection.ts';

const SHIPPING_ADDRESS = {
  name: 'Sun Kim',
  line1: '1 Market Street',
  city: 'London',
  postalCode: 'N1 7AA',
  country: 'GB',
};

/**
 * Whole checkouts by `shoppers` shoppers at once: a cart, a line, a checkout that waits for its confirmation; each shopper
 * takes the next of `skus`. Counted when the order is confirmed.
 */
export function checkouts(
  port: number,
  shoppers: number,
  seconds: number,
  skus: readonly string[],
): Promise<LoadResult> {
  const run = process.hrtime.bigint().toString(36);
  return closedLoop(port, shoppers, seconds, (connection, shopper, round) =>
    checkout(connection, skus[(shopper + round * shoppers) % skus.length] ?? '', `${run}-${shopper}-${round}`),
  );
}

async function checkout(connection: Connection, sku: string, key: string): Promise<void> {
  const opened = await expect(connection.ask('POST', '/v1/carts', '', '{"currency":"GBP"}'), 201);
  const { cartId, token } = JSON.parse(opened) as { cartId: string; token: string };
  const bearer = `authorization: Bearer ${token}\r\n`;
  await expect(
    connection.ask('POST', `/v1/carts/${cartId}/lines`, bearer, JSON.stringify({ sku, quantity: 1 })),
    200,
    201,
  );
  const body = { email: `${key}@example.com`, shippingAddress: SHIPPING_ADDRESS, payment: { token: 'tok_visa' } };
  const headers = `${bearer}idempotency-key: ${key}\r\nprefer: wait=20\r\n`;
  await expect(connection.ask('POST', `/v1/carts/${cartId}/checkout`, headers, JSON.stringify(body)), 201);
}

async function expect(asked: ReturnType<Connection['ask']>, ...statuses: number[]): Promise<string> {
  const { status, body } = await asked;
  if (!statuses.includes(status)) throw new Error(`answered ${status}: ${body.slice(0, 300)}`);
  return body;
}
