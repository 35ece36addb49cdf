import { type Static, Type } from 'typebox';
import { Purchase } from '../../contracts/cart.ts';
import { OrderStatus } from '../../contracts/orders.ts';
import { Currency, Id, Quantity, Sku } from '../../contracts/shapes.ts';
import { ShownCart } from '../../contracts/shown-cart.ts';
import { idempotencyOf, requiredIdempotency } from '../../platform/http/idempotency.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { preferredWaitMs, prefersMinimal } from '../../platform/http/prefer.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { cartAggregate } from './aggregate.ts';
import type { BuyingCart, OpenCart } from './cart.ts';
import type { Change, changes } from './changes.ts';
import type { checkouts } from './checkout.ts';
import { bothTokens, type LeftCopies } from './copies.ts';
import { ownCarts } from './own-cart.ts';
import { cartReadRoute, NO_TOKEN, ofCart, TOKEN } from './read-route.ts';

export const CartSettings = Type.Object({
  /** How long a cart lives untouched, in ms. */
  expiresAfterMs: Type.Integer({ minimum: 1_000, default: 30 * 24 * 3_600_000 }),
  /** Of a cart that is opened without one. */
  defaultCurrency: Type.String({ pattern: '^[A-Z]{3}$', default: 'GBP' }),
});
export type CartSettings = Static<typeof CartSettings>;

/** Of an idempotency key that counts without a token. */
export const SHORTEST_GUEST_KEY = 16;
const closed = { additionalProperties: false } as const;
const CartParams = Type.Object({ cartId: Id });
const LineParams = Type.Object({ cartId: Id, sku: Sku });
const ofChange = [...ofCart, 'cart_checked_out'];

type Speaking = Parameters<ServiceKit['capabilities']['shopperOf']>[0];
type Writing = Parameters<typeof idempotencyOf>[0] & { readonly traceparent: string | undefined };

export interface CartRoutesParts {
  readonly carts: ReturnType<typeof changes>;
  readonly buying: ReturnType<typeof checkouts>;
  readonly settings: CartSettings;
  readonly copies: LeftCopies | undefined;
}

/** Carts as shoppers use them. */
export function cartRoutes(kit: ServiceKit, { carts, buying, settings, copies }: CartRoutesParts): HttpRoutes {
  const { store, capabilities } = kit;
  const { expiresAfterMs, defaultCurrency } = settings;
  const cartOf = ownCarts(kit);

  /** The cart of an address, provided that the request's shopper owns it. A given-away cart is shown as where it went. */
  async function ownCart(
    request: Speaking & { readonly params: { readonly cartId: string } },
  ): Promise<OpenCart | BuyingCart> {
    const shopperId = capabilities.shopperOf(request);
    if (shopperId === undefined) throw new Problem('unauthorized', NO_TOKEN);
    return cartOf(request.params.cartId, shopperId);
  }

  const changeBy = (shopperId: string, request: Writing): Change => ({
    shopperId,
    idempotency: idempotencyOf(request, shopperId),
    traceparent: request.traceparent,
  });

  /** The cart, and in a header which state of it this is. */
  const told = (reply: { header(name: string, value: string): unknown }, cart: ShownCart): ShownCart => {
    if (cart.asOf !== undefined) reply.header(TOKEN, cart.asOf);
    return cart;
  };
  const newestToken = async (cartId: string): Promise<string | undefined> => {
    if (copies === undefined) return undefined;
    return copies.asOf(cartId, (await store.load(cartAggregate, cartId)).version).asOf;
  };

  return (http) => {
    http.post(
      '/v1/carts',
      {
        schema: {
          summary: 'Open a cart; its token opens the cart and its orders',
          body: Type.Union([Type.Object({ currency: Type.Optional(Currency) }, closed), Type.Null()]),
          response: { 201: Type.Object({ cartId: Id, token: Type.String() }) },
        },
      },
      async (request, reply) => {
        const shopper = capabilities.shopperOf(request);
        const idempotency = shopper === undefined ? guestsKey(request) : idempotencyOf(request, shopper);
        const { traceparent } = request;
        const currency = request.body?.currency ?? defaultCurrency;
        const { cartId, shopperId } = await carts.open(currency, shopper, { idempotency, traceparent });
        return reply.code(201).send({ cartId, token: capabilities.issue(shopperId) });
      },
    );

    cartReadRoute(capabilities, carts.read)(http);

    http.post(
      '/v1/carts/:cartId/lines',
      {
        schema: {
          summary: 'Put more of a SKU into a cart',
          description:
            'Answers the priced cart; with `Prefer: return=minimal` nothing (204), which fills long carts fast.',
          params: CartParams,
          body: Type.Object({ sku: Sku, quantity: Quantity }, closed),
          response: { 200: ShownCart, 204: Type.Null() },
        },
        config: { problems: [...ofChange, 'unknown_sku', 'cart_full', 'quantity_too_large'] },
      },
      async (request, reply) => {
        const cart = await ownCart(request);
        const change = changeBy(cart.shopperId, request);
        if (!prefersMinimal({ headers: { prefer: request.headers.prefer } }))
          return told(reply, await carts.add(cart, request.body, change));
        await carts.addUnseen(cart, request.body, change);
        const token = await newestToken(cart.cartId);
        if (token !== undefined) reply.header(TOKEN, token);
        return reply.code(204).header('preference-applied', 'return=minimal').send(null);
      },
    );

    http.patch(
      '/v1/carts/:cartId/lines/:sku',
      {
        schema: {
          summary: 'Change how many of a SKU are in a cart',
          params: LineParams,
          body: Type.Object({ quantity: Quantity }, closed),
          response: { 200: ShownCart },
        },
        config: { problems: [...ofChange, 'unknown_line'] },
      },
      async (request, reply) => {
        const cart = await ownCart(request);
        const line = { sku: request.params.sku, quantity: request.body.quantity };
        return told(reply, await carts.change(cart, line, changeBy(cart.shopperId, request)));
      },
    );

    http.delete(
      '/v1/carts/:cartId/lines/:sku',
      {
        schema: { summary: 'Take a SKU out of a cart', params: LineParams, response: { 200: ShownCart } },
        config: { problems: ofChange },
      },
      async (request, reply) => {
        const cart = await ownCart(request);
        return told(reply, await carts.remove(cart, request.params.sku, changeBy(cart.shopperId, request)));
      },
    );

    http.post(
      '/v1/carts/:cartId/merge',
      {
        schema: {
          summary: 'Take in the lines of another cart, whose token is shown',
          params: CartParams,
          body: Type.Object({ cartId: Id, token: Type.String({ minLength: 1, maxLength: 256 }) }, closed),
          response: { 200: ShownCart },
        },
        config: { problems: [...ofChange, 'cart_changed', 'cart_full', 'quantity_too_large'] },
      },
      async (request, reply) => {
        const cart = await ownCart(request);
        const { cartId, token } = request.body;
        const owner = capabilities.shopperOf({ headers: { authorization: `Bearer ${token}` } });
        const { state: from } = await store.load(cartAggregate, cartId);
        if (from.phase !== 'unknown' && from.shopperId !== owner) {
          throw new Problem('forbidden', 'The token does not open the cart to merge.');
        }
        return told(reply, await carts.merge(cart, from, changeBy(cart.shopperId, request)));
      },
    );

    http.post(
      '/v1/carts/:cartId/checkout',
      {
        schema: {
          summary: 'Buy what is in a cart',
          params: CartParams,
          body: Purchase,
          response: {
            201: Type.Object({ orderId: Id, status: OrderStatus }),
            202: Type.Object({ orderId: Id, status: OrderStatus }),
          },
        },
        config: {
          idempotencyKey: 'required',
          waits: true,
          problems: [
            ...ofCart,
            'cart_empty',
            'card_declined',
            'out_of_stock',
            'price_changed',
            'total_too_large',
            'order_cancelled',
          ],
        },
      },
      async (request, reply) => {
        const { cartId, shopperId } = await ownCart(request);
        const waitMs = preferredWaitMs({ headers: { prefer: request.headers.prefer } });
        const { orderId, status, reason, token } = await buying.checkout(cartId, request.body, {
          idempotency: requiredIdempotency(request, shopperId),
          waitMs: waitMs ?? 0,
          expiresAfterMs,
          traceparent: request.traceparent,
        });
        if (waitMs !== undefined) reply.header('preference-applied', `wait=${waitMs / 1_000}`);
        const newest = bothTokens(token, await newestToken(cartId));
        if (newest !== undefined) reply.header(TOKEN, newest);
        if (status === 'cancelled') {
          throw new Problem(reason?.code ?? 'order_cancelled', reason?.detail ?? 'The order was cancelled.', {
            ...reason?.extra,
            orderId,
          });
        }
        return reply.code(status === 'placed' ? 202 : 201).send({ orderId, status });
      },
    );
  };
}

/**
 * A guest has no name to keep a key under, and a repeated key opens the first one's cart: it counts only when it is too long
 * to be guessed or met by chance. A shorter one just opens another cart.
 */
function guestsKey(request: Writing) {
  const header = request.headers['idempotency-key'];
  return typeof header === 'string' && header.length >= SHORTEST_GUEST_KEY
    ? idempotencyOf(request, 'guest')
    : undefined;
}
