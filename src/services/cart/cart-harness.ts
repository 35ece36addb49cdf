import { catalog, type Offer } from '../../contracts/catalog.ts';
import { orders, type Priced, type Standing } from '../../contracts/orders.ts';
import type { RequestOf } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import { serviceUnderTest } from '../../platform/service/service-harness.ts';
import { cartService } from './service.ts';

type PlaceRequest = RequestOf<typeof orders.calls.place>;

export const PURCHASE = {
  email: 'ann@example.com',
  shippingAddress: { name: 'Ann', line1: '1 Lane', city: 'Leeds', postalCode: 'LS1', country: 'GB' },
  payment: { token: 'tok_visa' },
};

export function offerOf(sku: string): Offer {
  const unitPrice = 500;
  return {
    sku,
    productId: `product-${sku}`,
    sellerId: 'potter',
    title: { en: sku },
    options: {},
    unitPrice,
    availability: 'in_stock',
  };
}

const terms = {
  sellerId: 'potter',
  parcelFee: {},
  pricesIncludeTax: true,
  vatBasisPoints: {},
  commissionBasisPoints: 0,
};
export const declined = { code: 'card_declined', detail: 'The card was declined.' };

/** A till as orders keeps one: placing an order again changes nothing, a refused one stays refused. */
function till() {
  const standings = new Map<string, Standing>();
  const placed: PlaceRequest[] = [];
  const script: { place: Outcome<Standing>[]; end: Omit<Standing, 'orderId'> } = {
    place: [],
    end: { status: 'confirmed' },
  };
  const handlers = {
    async price({ currency, lines }: RequestOf<typeof orders.calls.price>): Promise<Outcome<Priced>> {
      const amount = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
      return done({
        currency,
        parcels: [],
        totals: { lines: amount, shipping: 0, discount: 0, tax: 0, total: amount },
      });
    },
    async place(request: PlaceRequest): Promise<Outcome<Standing>> {
      const scripted = script.place.shift();
      if (scripted?.kind === 'rejected') {
        standings.set(request.orderId, { orderId: request.orderId, status: 'cancelled', reason: scripted.rejection });
      }
      if (scripted !== undefined) return scripted;
      const standing = standings.get(request.orderId);
      if (standing !== undefined) return done(standing);
      placed.push(request);
      standings.set(request.orderId, { orderId: request.orderId, status: 'placed' });
      return done({ orderId: request.orderId, status: 'placed' });
    },
    async refuse({ orderId, reason }: RequestOf<typeof orders.calls.refuse>): Promise<Outcome<Standing>> {
      const standing = standings.get(orderId) ?? { orderId, status: 'cancelled', reason };
      standings.set(orderId, standing);
      return done(standing);
    },
    async outcome({ orderId, waitMs = 0 }: RequestOf<typeof orders.calls.outcome>): Promise<Outcome<Standing>> {
      const standing = standings.get(orderId);
      if (standing === undefined) return rejected({ code: 'unknown_order', detail: 'Unknown.' });
      if (waitMs > 0 && standing.status === 'placed') standings.set(orderId, { orderId, ...script.end });
      return done(standings.get(orderId) ?? standing);
    },
  };
  return { handlers, standings, placed, script };
}

/** Carts over the real store and HTTP, with a catalogue that sells what `sold` names and a scripted till. */
export async function shop(
  settings: Readonly<Record<string, unknown>> = {},
  more: Parameters<typeof serviceUnderTest>[3] = {},
) {
  const sold = new Set(['cup', 'pot']);
  const ordering = till();
  const offers = async ({ skus }: { skus: string[] }) =>
    done({
      offers: skus.filter((sku) => sold.has(sku)).map(offerOf),
      terms: [terms],
      missing: skus.filter((sku) => !sold.has(sku)),
    });
  const service = await serviceUnderTest(
    cartService,
    [
      { contract: catalog, handlers: { offers } },
      { contract: orders, handlers: ordering.handlers },
    ],
    settings,
    more,
  );
  const ask = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    options: { body?: object; key?: string; token?: string; prefer?: string } = {},
  ) => {
    const answer = await service.http.inject({
      method,
      url,
      headers: {
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...(options.prefer === undefined ? {} : { prefer: options.prefer }),
      },
      ...(options.body === undefined ? {} : { payload: options.body }),
    });
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
  };
  const open = async (...skus: string[]) => {
    const { body } = await ask('POST', '/v1/carts', { body: {} });
    const { cartId, token } = body as { cartId: string; token: string };
    const url = `/v1/carts/${cartId}`;
    for (const sku of skus) await ask('POST', `${url}/lines`, { token, body: { sku, quantity: 1 } });
    const checkout = (key: string, wish: object = {}, prefer = 'wait=5') =>
      ask('POST', `${url}/checkout`, { token, key, prefer, body: { ...PURCHASE, ...wish } });
    return { cartId, token, url, checkout };
  };
  return { ...service, ...ordering, sold, ask, open, [Symbol.asyncDispose]: service[Symbol.asyncDispose] };
}
