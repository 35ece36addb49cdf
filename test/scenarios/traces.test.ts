import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type MemoryShop, memoryShop } from '../../src/composition/memory-shop-harness.ts';
import { eventsOf } from '../../src/composition/verify/log.ts';
import type { FinishedSpan, Logger } from '../../src/platform/telemetry/port.ts';
import { type Cart, call, cartWith, checkoutBody, eventually, order, stockShop } from './api.ts';

/** Log lines as they are handed in, before the logger's redaction: it is not to be needed. */
const lines: string[] = [];
const recording = (beside: object): Logger => {
  const write = (fields: object, message: string) => void lines.push(`${message} ${plain({ ...beside, ...fields })}`);
  const child = (fields: object) => recording({ ...beside, ...fields });
  return { debug: write, info: write, warn: write, error: write, child };
};

let shop: MemoryShop;
before(async () => {
  shop = await memoryShop(recording({}));
  await stockShop(shop);
});
after(() => shop?.[Symbol.asyncDispose]());

const traceIds: string[] = [];
const newTraceId = () => {
  const traceId = randomBytes(16).toString('hex');
  traceIds.push(traceId);
  return traceId;
};
const parentIn = (traceId: string, flags: '00' | '01') => `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;

/** Checks a cart out within a trace and waits for the outcome. */
function checkoutWithin(traceparent: string, cart: Cart, paymentToken?: string) {
  return call(shop, 'POST', `/v1/carts/${cart.cartId}/checkout`, {
    token: cart.token,
    body: checkoutBody(paymentToken),
    headers: { 'idempotency-key': randomUUID(), prefer: 'wait=10', traceparent },
  });
}

async function shipWithin(traceparent: string, orderId: string, token: string): Promise<void> {
  for (const { parcelId } of (await order(shop, orderId, token)).parcels) {
    const shipped = await call(shop, 'POST', `/v1/admin/orders/${orderId}/parcels/${parcelId}/ship`, {
      token: shop.adminToken,
      body: {},
      headers: { 'idempotency-key': randomUUID(), traceparent },
    });
    assert.ok(shipped.status < 300, JSON.stringify(shipped.body));
  }
}

async function spansOf(traceId: string): Promise<readonly FinishedSpan[]> {
  const answer = await call(shop, 'GET', `/v1/admin/traces/${traceId}`, { token: shop.adminToken });
  return answer.status === 200 ? answer.body.spans : [];
}

const named = (spans: readonly FinishedSpan[], name: string) => spans.filter((span) => span.name === name);

describe('one trace follows an order', () => {
  it('from the click through the log to capture and booking, and nobody is named in it', async () => {
    const traceId = newTraceId();
    const cart = await cartWith(shop, { 'teapot-1': 1 });
    const placed = await checkoutWithin(parentIn(traceId, '01'), cart);
    assert.equal(placed.status, 201, JSON.stringify(placed.body));
    const { orderId } = placed.body;
    await shipWithin(parentIn(traceId, '01'), orderId, cart.token);

    const wanted = [
      'POST /v1/carts/:cartId/checkout',
      'cart decides',
      'catalog.offers',
      'orders.place',
      'orders decides',
      'saga checkout: reserve',
      'inventory.reserve',
      'inventory decides',
      'saga checkout: authorise',
      'payments.authorise',
      'card-processor.authorise',
      'payments decides',
      'inventory hears OrderConfirmed',
      'POST /v1/admin/orders/:orderId/parcels/:parcelId/ship',
      'payments hears ParcelShipped',
      'saga capture: capture',
      'payments.capture',
      'card-processor.capture',
      'shipping hears ParcelShipped',
      'saga book: book',
      'shipping.book',
      'carrier.book',
      'shipping decides',
    ];
    const missing = (spans: readonly FinishedSpan[]) => wanted.filter((name) => named(spans, name).length === 0);
    const told = (spans: readonly FinishedSpan[]) => spans.map((span) => span.attributes['jangteo.events']).join();
    const spans = await eventually(
      () => spansOf(traceId),
      (seen) => missing(seen).length === 0 && /PaymentCaptured/.test(told(seen)) && /ShipmentBooked/.test(told(seen)),
    ).catch(async (error) => {
      assert.deepEqual(missing(await spansOf(traceId)), [], String((error as Error).message).slice(0, 50));
      throw error;
    });
    assert.deepEqual(
      spans.filter((span) => span.failed),
      [],
    );
    const placing = spans.find((span) => span.attributes['jangteo.streams'] === `order/${orderId}`);
    assert.match(String(placing?.attributes['jangteo.events']), /OrderPlaced/);
    assertOneTree(spans);
    await assertNobodyNamed([cart.token]);
  });

  it('of a declined card too', async () => {
    const traceId = newTraceId();
    const cart = await cartWith(shop, { 'towel-1': 1 });
    const declined = await checkoutWithin(parentIn(traceId, '01'), cart, 'tok_declined');
    assert.equal(declined.status, 402, JSON.stringify(declined.body));
    const spans = await eventually(
      () => spansOf(traceId),
      (seen) => named(seen, 'inventory.release').length > 0,
    );
    const [refused] = named(spans, 'card-processor.authorise');
    assert.equal(refused?.attributes['jangteo.reason'], 'card_declined');
    assertOneTree(spans);
    await assertNobodyNamed([cart.token]);
  });
});

describe('what is not sampled', () => {
  for (const flags of ['00', 'none'] as const)
    it(`leaves no span and nothing in the log (${flags})`, async () => {
      const traceId = newTraceId();
      const cart = await cartWith(shop, { 'towel-1': 1 });
      const placed = await checkoutWithin(flags === 'none' ? '' : parentIn(traceId, flags), cart);
      assert.equal(placed.status, 201, JSON.stringify(placed.body));
      await shipWithin(flags === 'none' ? '' : parentIn(traceId, flags), placed.body.orderId, cart.token);
      await eventually(
        () => eventsAbout(placed.body.orderId),
        (events) => events.some((event) => event.type === 'PaymentCaptured'),
      );
      assert.deepEqual(await spansOf(traceId), []);
      const carrying = (await eventsAbout(placed.body.orderId)).filter((event) => 'traceparent' in event.metadata);
      assert.deepEqual(carrying, []);
    });
});

async function eventsAbout(orderId: string) {
  const found = [];
  for (const { storage } of shop.composition.parts)
    for await (const event of eventsOf(storage, await storage.heads()))
      if (event.stream.endsWith(orderId) || event.data.orderId === orderId) found.push(event);
  return found;
}

/** Every span hangs on another of its trace, or on the span that its request came with. */
function assertOneTree(spans: readonly FinishedSpan[]): void {
  const known = new Set(spans.map((span) => span.spanId));
  const roots = spans.filter((span) => !known.has(span.parentSpanId ?? ''));
  for (const { name } of roots) assert.match(name, /^(GET|POST) \//);
}

/** No span, log line or metric holds what only the shopper, the card's bank and the admin may know. */
async function assertNobodyNamed(tokens: readonly string[]): Promise<void> {
  const { email, shippingAddress } = checkoutBody();
  const { name, line1, postalCode } = shippingAddress;
  const secret = [email, name, line1, postalCode, 'tok_visa', 'tok_declined', shop.adminToken, ...tokens];
  const metrics = (await call(shop, 'GET', '/metrics')).body as string;
  const traces = await Promise.all(traceIds.map(spansOf));
  const captured = { spans: JSON.stringify(traces), 'log lines': lines.join('\n'), metrics };
  for (const [where, text] of Object.entries(captured)) {
    assert.ok(text.length > 20, `no ${where} were captured`);
    for (const value of secret) assert.ok(!text.includes(value), `${where} hold ${value}`);
  }
}

function plain(fields: object): string {
  return JSON.stringify(fields, (_, value) =>
    value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
  );
}
