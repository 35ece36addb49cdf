import { randomUUID } from 'node:crypto';
import { type Body, stockShop } from '../../../test/scenarios/api.ts';
import { type MemoryShop, memoryShop } from '../../composition/memory-shop-harness.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';

/** A page's answer: its status, its body (JSON or the document), and where it leads. */
export interface Seen {
  readonly status: number;
  readonly body: Body;
  readonly location: string | null;
  readonly headers: Headers;
}

/** A browser as the shop sees one: it keeps cookies, and says of its requests what browsers say. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Seen>;
  /** A write of a page's script. */
  write(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object, key?: string): Promise<Seen>;
  /** A plain form. */
  form(path: string, fields: Readonly<Record<string, string>>): Promise<Seen>;
  raw(path: string, init: RequestInit): Promise<Response>;
}

export function visitor(url: string): Visitor {
  const cookies = new Map<string, string>();

  const raw = async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return response;
  };
  const seen = async (response: Response): Promise<Seen> => {
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const { status, headers } = response;
    return { status, headers, location: headers.get('location'), body: isJson ? JSON.parse(text) : text };
  };
  const ours = { 'sec-fetch-site': 'same-origin' };

  return {
    cookies,
    raw,
    get: async (path) => seen(await raw(path, { headers: { accept: 'text/html,application/json' } })),
    async write(method, path, body, key = randomUUID()) {
      const headers = { ...ours, 'x-jangteo': 'page', 'idempotency-key': key };
      const json = { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
      return seen(await raw(path, { method, ...(body === undefined ? { headers } : json) }));
    },
    form: async (path, fields) =>
      seen(await raw(path, { method: 'POST', headers: ours, body: new URLSearchParams(fields) })),
  };
}

/** A whole shop on memory that sells a teapot (£25) and a towel (£12), each in a parcel of £3.99. */
export async function stockedShop(): Promise<MemoryShop> {
  const shop = await memoryShop(silentLogger);
  await stockShop(shop);
  return shop;
}

/** What a shopper in London types. */
export const TYPED = {
  ...{ email: 'sun@example.com', name: 'Sun Kim', line1: '1 Market Street', line2: '', city: 'London' },
  ...{ postalCode: 'N1 7AA', country: 'GB', card: 'tok_visa' },
};

/** The same as the page's script asks for it. */
export function purchase(cartId: string, total: number, token = 'tok_visa') {
  const { email, name, line1, city, postalCode, country } = TYPED;
  return {
    ...{ cartId, email, shippingAddress: { name, line1, city, postalCode, country }, payment: { token } },
    expectedTotal: { amount: total, currency: 'GBP' },
  };
}
