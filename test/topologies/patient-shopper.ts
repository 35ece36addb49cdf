import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Body } from '../scenarios/api.ts';
import { checkoutBody } from '../scenarios/api.ts';

/** A shopper's program as our own pages are: it repeats what was not answered with its key, and comes back to a broken stream. */
export interface PatientShopper {
  /** Looks around, fills a cart, buys it, follows the order until it is settled. */
  purchase(): Promise<void>;
  /** Orders that were confirmed. */
  readonly orders: string[];
  /** The longest that one of its wishes took, in ms. */
  readonly longestMs: () => number;
}

const PATIENCE_MS = 60_000;
/** 429: to the shop all shoppers of a test are one address, which may hold so many streams. */
const ASKED_AGAIN = new Set([429, 502, 503, 504]);
const OURS = { 'sec-fetch-site': 'same-origin', 'x-jangteo': 'page' };
const PRODUCT = '/en/p/teapot';

/** A shopper at the door of `url`. What it notices beside a pause fails its purchase. */
export function patientShopper(url: string, sku = 'teapot-1'): PatientShopper {
  const cookies = new Map<string, string>();
  const orders: string[] = [];
  let longest = 0;

  async function once(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        ...OURS,
        ...headers,
        ...(cookie !== '' && { cookie }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  /** Asks until there is an answer: the same request each time, with the same key. */
  async function ask(method: string, path: string, body?: object): Promise<Body> {
    const [key, since] = [randomUUID(), performance.now()];
    for (;;) {
      try {
        const response = await once(method, path, { 'idempotency-key': key }, body);
        const text = await response.text();
        if (!ASKED_AGAIN.has(response.status)) {
          assert.equal(response.status, 200, `${method} ${path} answered ${response.status}: ${text.slice(0, 400)}`);
          longest = Math.max(longest, performance.now() - since);
          return (response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text;
        }
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
      }
      assert.ok(performance.now() - since < PATIENCE_MS, `${method} ${path} found no answer within ${PATIENCE_MS} ms`);
      await pause(100 + 200 * Math.random());
    }
  }

  /** Reads the order's events until it is settled, from where a broken stream ended. */
  async function follow(orderId: string): Promise<void> {
    const since = performance.now();
    for (let version = 0; ; ) {
      const from = version > 0 ? { 'last-event-id': String(version) } : {};
      const response = await once('GET', `/web/v1/en/orders/${orderId}/events`, from as Record<string, string>).catch(
        () => undefined,
      );
      const isThere = response?.status === 200 || ASKED_AGAIN.has(response?.status ?? 503);
      assert.ok(isThere, `the order's events answered ${response?.status}`);
      try {
        if (response?.status === 200)
          for await (const { id, data } of eventsOf(response)) {
            assert.ok(id > version, `version ${id} came after ${version}`);
            version = id;
            if (data.status === 'cancelled') assert.fail(`the order was cancelled: ${JSON.stringify(data)}`);
            if (data.status !== 'placed') return;
          }
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
      }
      assert.ok(performance.now() - since < PATIENCE_MS, `order ${orderId} was not settled within ${PATIENCE_MS} ms`);
      await pause(100);
    }
  }

  /** What the cart says wherever it is asked: never less than this browser has been told. */
  async function cartShows(state: string, count: number): Promise<void> {
    for (let read = 0; read < 3; read++) {
      const now = await ask('GET', '/web/v1/cart/count');
      assert.deepEqual([now.state, now.count], [state, count]);
    }
  }

  return {
    orders,
    longestMs: () => longest,
    async purchase() {
      assert.match(await ask('GET', PRODUCT), /<html/);
      const { cartId } = await ask('POST', '/web/v1/en/cart/lines?currency=GBP', { sku, quantity: 1 });
      await cartShows('open', 1);
      await ask('PATCH', `/web/v1/en/cart/lines/${sku}?currency=GBP`, { quantity: 3 });
      await cartShows('open', 3);
      await ask('GET', '/en/cart');
      const { orderId } = await ask('POST', '/web/v1/checkout', { cartId, ...checkoutBody() });
      await cartShows('bought', 0);
      await follow(orderId);
      assert.ok(!orders.includes(orderId), `${orderId} was bought twice`);
      orders.push(orderId);
    },
  };
}

/** Server-sent events with an id, as they come; ends when the stream does. */
async function* eventsOf(response: Response): AsyncGenerator<{ readonly id: number; readonly data: Body }> {
  let rest = '';
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + part).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
      const [id, data] = [field('id'), field('data')];
      if (id !== undefined && data !== undefined) yield { id: Number(id), data: JSON.parse(data) };
    }
  }
}
