import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { cart as cartContract } from '../../../contracts/cart.ts';
import { Id, Quantity, Sku, SkuQuantity } from '../../../contracts/shapes.ts';
import type { ShownCart } from '../../../contracts/shown-cart.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { type Company, cartCompany } from '../../showing/company.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { type Asked, askedBy, COMMON_QUERY, commonHeaders } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import { shown, viewOf } from '../screen.ts';
import { contextOf, WRITE_HEADERS } from '../writes.ts';
import { OF_CART } from './cart.screen.ts';
import { type CartView, cartSchema, presentCart } from './cart.view.ts';
import { ownCarts } from './own-cart.ts';

const closed = { additionalProperties: false } as const;
const WRITE_MS = 15_000;
const MOST_FIRST_LINES = 50;
const CartParams = Type.Object({ cartId: Id });
const LineParams = Type.Object({ cartId: Id, sku: Sku });
const ofChange = [...OF_CART, 'cart_checked_out', 'idempotency_key_reused'];
/** Why a cart does not take a line; others may go in. */
const OF_LINE: ReadonlySet<string> = new Set(['unknown_sku', 'cart_full', 'quantity_too_large']);

type OfCart = Asked<{ readonly cartId: string }>;
type Writes = Asked & { readonly write: () => Promise<ShownCart> };

/** What an app does to a cart. Every answer is the whole cart, as its screen shows it. */
export function cartWrites(parts: MobileParts): HttpRoutes {
  const { dialect, client, capabilities, mayOpenCart } = parts;
  const ask = client(cartContract);
  const { withOwn } = ownCarts(parts);
  const base = `/${dialect.platform}/v1/carts`;
  const Cart = cartSchema(dialect);
  const gather = pipeline<Writes, ShownCart, Company, { readonly cart: CartView }>(
    {
      find: { deadlineMs: WRITE_MS, load: ({ write }) => write() },
      enrich: cartCompany(parts, (found) => found),
      present: (found, company, asked) => ({ cart: presentCart(found, company, asked, dialect) }),
      tags: () => [],
    },
    parts,
  );
  const after = async (request: FastifyRequest, reply: FastifyReply, write: (asked: OfCart) => Promise<ShownCart>) => {
    const asked = askedBy(request, dialect) as OfCart;
    return shown(await gather({ ...asked, write: () => write(asked) }), reply.header('cache-control', 'no-store'));
  };
  const schema = {
    tags: ['cart'],
    querystring: Type.Object(COMMON_QUERY),
    headers: Type.Object({ ...commonHeaders(dialect), ...WRITE_HEADERS }),
  };
  const answered = { response: { 200: viewOf({ cart: Cart }) } };
  const config = (problems: readonly string[]) => ({ idempotencyKey: 'required' as const, problems });

  /**
   * The cart, opened once for one key, with the lines of the first wish; `skipped` are those that it does not take: they are no reason
   * to refuse the answer that brings a guest's token.
   */
  async function opened(request: FastifyRequest, reply: FastifyReply, { currency, lines }: Opening) {
    const shopper = capabilities.shopperOf(request);
    if (shopper === undefined) await mayOpenCart?.(request, reply);
    const wish = { currency, ...(shopper !== undefined && { shopperId: shopper }) };
    const own = answerOf(await ask.open(wish, contextOf(request)));
    const skipped: string[] = [];
    let cart = lines.length === 0 ? answerOf(await ask.read(own)) : undefined;
    for (const [index, line] of lines.entries()) {
      const outcome = await ask.add({ ...own, ...line }, contextOf(request, `.${index}`));
      if (outcome.kind === 'rejected' && OF_LINE.has(outcome.rejection.code)) skipped.push(line.sku);
      else cart = answerOf(outcome);
    }
    return { own, skipped, cart: cart ?? answerOf(await ask.read(own)) };
  }

  return (http) => {
    http.post(
      base,
      {
        schema: {
          ...schema,
          summary: 'Open a cart, with its first lines; a guest gets the token that opens it and its orders',
          body: Type.Object({ lines: Type.Optional(Type.Array(SkuQuantity, { maxItems: MOST_FIRST_LINES })) }, closed),
          response: {
            201: viewOf({
              token: Type.String({ description: 'To be sent as `Authorization: Bearer` from now on, and kept safe.' }),
              cart: Cart,
              skipped: Type.Array(Type.String(), {
                description: 'SKUs that the cart does not take: not sold in this currency, or too many.',
              }),
            }),
          },
        },
        config: config([
          'unauthorized',
          'cart_full',
          'quantity_too_large',
          'idempotency_key_reused',
          'too_many_requests',
        ]),
      },
      async (request, reply) => {
        let made: Awaited<ReturnType<typeof opened>> | undefined;
        const { currency } = askedBy(request, dialect);
        const { lines = [] } = request.body;
        const view = await after(request, reply, async () => {
          made = await opened(request, reply, { currency, lines });
          return made.cart;
        });
        const { own, skipped } = made as NonNullable<typeof made>;
        return reply.code(201).send({ token: capabilities.issue(own.shopperId), ...view, skipped });
      },
    );

    http.post(
      `${base}/:cartId/lines`,
      {
        schema: {
          ...{ ...schema, ...answered, params: CartParams, body: SkuQuantity },
          summary: 'Put more of a SKU into a cart',
        },
        config: config([...ofChange, ...OF_LINE]),
      },
      (request, reply) =>
        after(request, reply, (asked) =>
          withOwn(asked, (own) => ask.add({ ...own, ...request.body }, contextOf(request))),
        ),
    );

    http.patch(
      `${base}/:cartId/lines/:sku`,
      {
        schema: {
          ...{ ...schema, ...answered, params: LineParams, body: Type.Object({ quantity: Quantity }, closed) },
          summary: 'Set how many of a SKU are in a cart',
        },
        config: config([...ofChange, 'unknown_line']),
      },
      (request, reply) => {
        const line = { sku: request.params.sku, quantity: request.body.quantity };
        return after(request, reply, (asked) =>
          withOwn(asked, (own) => ask.change({ ...own, ...line }, contextOf(request))),
        );
      },
    );

    http.delete(
      `${base}/:cartId/lines/:sku`,
      {
        schema: { ...{ ...schema, ...answered, params: LineParams }, summary: 'Take a SKU out of a cart' },
        config: config(ofChange),
      },
      (request, reply) =>
        after(request, reply, (asked) =>
          withOwn(asked, (own) => ask.remove({ ...own, sku: request.params.sku }, contextOf(request))),
        ),
    );
  };
}

interface Opening {
  readonly currency: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}
