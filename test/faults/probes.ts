import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type Cart, call, cartWith, checkout, type ShopUnderTest } from '../scenarios/api.ts';

/**
 * What a person asks of a shop, again and again while something is wrong with it. `list` are the orders of a status, for which more than
 * one place has an index; `seller` those of a seller.
 */
export const probeNames = ['checkout', 'browse', 'search', 'order', 'list', 'seller', 'page', 'console'] as const;
export type ProbeName = (typeof probeNames)[number];

/**
 * How a shop answers: as it should; `waits`: the order is placed and not confirmed yet; `unavailable`: a 503 that says when to ask
 * again; `nothing`: no answer, or none in time; `wrong`: anything else, which no fault excuses.
 */
export type Reply = 'well' | 'waits' | 'unavailable' | 'nothing' | 'wrong';

/** One answer, with when it was asked for and when it came, in ms of `performance.now`. */
export interface Heard {
  readonly probe: ProbeName;
  readonly reply: Reply;
  readonly askedAt: number;
  readonly heardAt: number;
  /** Of an answer that is wrong: what it was. */
  readonly detail?: string;
}

export interface Probing {
  readonly heard: readonly Heard[];
  stop(): Promise<void>;
}

const PAUSE_MS = 200;
const NO_ANSWER_AFTER_MS = 20_000;
const CONFIRMED_WITHIN_S = 3;

/** Asks everything at once, each question again as soon as it was answered. */
export async function startProbing(shop: ShopUnderTest): Promise<Probing> {
  const heard: Heard[] = [];
  const stopping = new AbortController();
  const asks = await questions(shop);
  const one = async (probe: ProbeName) => {
    while (!stopping.signal.aborted) {
      const askedAt = performance.now();
      const said = await answered(asks[probe]);
      heard.push({ probe, askedAt, heardAt: performance.now(), ...said });
      await pause(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = probeNames.map(one);
  return {
    heard,
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

type Question = () => Promise<Answer>;

/** Whether everything is answered as it should be, asked once. */
export async function allWell(shop: ShopUnderTest): Promise<boolean> {
  const asks = await questions(shop).catch(() => undefined);
  if (asks === undefined) return false;
  const replies = await Promise.all(Object.values(asks).map(answered));
  return replies.every(({ reply }) => reply === 'well');
}

async function questions(shop: ShopUnderTest): Promise<Readonly<Record<ProbeName, Question>>> {
  const cart = await cartWith(shop, { 'towel-1': 1 });
  const bought = await checkout(shop, cart);
  const cookie = await signedIn(shop);
  const get = (path: string, headers = {}) => call(shop, 'GET', path, { headers });
  return {
    checkout: () => buy(shop),
    browse: () => get('/v1/products?limit=3'),
    search: () => get('/v1/search?q=teapot'),
    order: () => call(shop, 'GET', `/v1/orders/${bought.body.orderId}`, { token: cart.token }),
    list: () => call(shop, 'GET', '/v1/admin/orders?status=confirmed&limit=3', { token: shop.adminToken }),
    seller: () => call(shop, 'GET', '/v1/admin/orders?seller=weaver&limit=3', { token: shop.adminToken }),
    page: () => get('/en/p/teapot', { accept: 'text/html' }),
    console: () => get('/console/api/session', { cookie }),
  };
}

/** A whole purchase: the first answer that is none stands for it. */
async function buy(shop: ShopUnderTest): Promise<Answer> {
  const opened = await call(shop, 'POST', '/v1/carts', { body: { currency: 'GBP' } });
  if (opened.status !== 201) return opened;
  const cart: Cart = opened.body;
  const body = { sku: 'towel-1', quantity: 1 };
  const filled = await call(shop, 'POST', `/v1/carts/${cart.cartId}/lines`, { token: cart.token, body });
  if (filled.status >= 300) return filled;
  return checkout(shop, cart, { wait: CONFIRMED_WITHIN_S });
}

async function signedIn(shop: ShopUnderTest): Promise<string> {
  const headers = { origin: new URL(shop.url).origin };
  const answer = await call(shop, 'POST', '/console/api/session', { headers, body: { token: shop.adminToken } });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function answered(ask: Question): Promise<{ reply: Reply; detail?: string }> {
  const late = new AbortController();
  try {
    const answer = await Promise.race([ask(), pause(NO_ANSWER_AFTER_MS, undefined, { signal: late.signal })]);
    if (answer === undefined) return { reply: 'nothing', detail: 'too late' };
    return judged(answer);
  } catch (error) {
    return { reply: 'nothing', detail: String((error as Error).cause ?? error) };
  } finally {
    late.abort();
  }
}

function judged({ status, headers, body }: Answer): { reply: Reply; detail?: string } {
  if (status === 202) return { reply: 'waits' };
  const isSignedOut = body !== null && typeof body === 'object' && body.session === null;
  if (status < 300 && !isSignedOut) return { reply: 'well' };
  if (status === 503 && headers.get('retry-after') !== null) return { reply: 'unavailable' };
  return { reply: 'wrong', detail: `${status} ${JSON.stringify(body).slice(0, 300)}` };
}
