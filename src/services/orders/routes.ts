import { Type } from 'typebox';
import { Id, LIMITS } from '../../contracts/shapes.ts';
import { idempotencyOf } from '../../platform/http/idempotency.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { orderAggregate } from './aggregate.ts';
import type { OrderFinder } from './finding/port.ts';
import { fulfilment } from './fulfilment.ts';
import { listOrders } from './lists.ts';
import type { Live } from './live.ts';
import { OrderList, ShownOrder, TimelineEntry } from './shown.schema.ts';
import { isKnown, type KnownOrder, shownOrder, timeline } from './shown.ts';
import type { Tokens } from './tokens.ts';

const OrderParams = Type.Object({ orderId: Id });
const problems = ['unauthorized', 'forbidden', 'unknown_order'];

/** What a shopper may see and do of their own orders. */
export function orderRoutes(kit: ServiceKit, finder: OrderFinder, tokens: Tokens, live: Live): HttpRoutes {
  const { store, keyring, capabilities } = kit;
  const { cancel } = fulfilment(kit);

  async function ownOrder(
    request: Parameters<typeof capabilities.shopperOf>[0] & { readonly params: { readonly orderId: string } },
  ): Promise<{ readonly order: KnownOrder; readonly version: number; readonly shopperId: string }> {
    const shopperId = capabilities.shopperOf(request);
    if (shopperId === undefined) throw noToken();
    const { state, version } = await store.load(orderAggregate, request.params.orderId);
    if (!isKnown(state)) throw new Problem('unknown_order', 'There is no such order.');
    if (state.placement.shopperId !== shopperId) throw new Problem('forbidden', 'This order belongs to somebody else.');
    return { order: state, version, shopperId };
  }

  const shown = async (order: KnownOrder, version: number) =>
    shownOrder(order, await keyring.open(order.placement.contact), version);

  return (http) => {
    http.get(
      '/v1/orders/:orderId',
      {
        schema: { summary: 'An order as it stands now', params: OrderParams, response: { 200: ShownOrder } },
        config: { problems },
      },
      async (request) => {
        const { order, version } = await ownOrder(request);
        return shown(order, version);
      },
    );

    http.get(
      '/v1/orders/:orderId/timeline',
      {
        schema: {
          summary: 'What happened to an order, oldest first',
          params: OrderParams,
          response: { 200: Type.Object({ items: Type.Array(TimelineEntry), nextCursor: Type.Null() }) },
        },
        config: { problems },
      },
      async (request) => {
        await ownOrder(request);
        const events = await store.history(orderAggregate, request.params.orderId);
        return { items: events.map(timeline()), nextCursor: null };
      },
    );

    http.get(
      '/v1/orders/:orderId/events',
      {
        schema: { summary: 'The timeline as it happens (server-sent events)', params: OrderParams },
        config: { problems },
      },
      async (request, reply) => {
        await ownOrder(request);
        await live.watch(request.params.orderId, request, reply);
      },
    );

    http.post(
      '/v1/orders/:orderId/cancel',
      {
        schema: {
          summary: 'Cancel an order of which nothing is shipped yet',
          params: OrderParams,
          response: { 200: ShownOrder, 202: ShownOrder },
        },
        config: { problems: [...problems, 'order_shipped', 'nothing_to_cancel'] },
      },
      async (request, reply) => {
        const { orderId } = request.params;
        const { shopperId } = await ownOrder(request);
        const idempotency = idempotencyOf(request, shopperId);
        const { traceparent } = request;
        answerOf(await cancel(orderId, 'shopper', undefined, { actor: shopperId, traceparent, idempotency }));
        const { order, version } = await ownOrder(request);
        return reply.code(order.phase === 'cancelled' ? 200 : 202).send(await shown(order, version));
      },
    );

    http.get(
      '/v1/orders',
      {
        schema: {
          summary: 'The orders of the shopper, newest first',
          querystring: Type.Object({
            limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 20 }),
            cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
            after: Type.Optional(
              Type.String({ maxLength: 4_096, description: 'The Jangteo-Token of a write that the list shall show.' }),
            ),
          }),
          response: { 200: OrderList },
        },
        config: { problems: ['unauthorized', 'invalid_cursor'] },
      },
      async (request) => {
        const shopperId = capabilities.shopperOf(request);
        if (shopperId === undefined) throw noToken();
        const { after, ...page } = request.query;
        const reached = tokens.positionsIn(after);
        const options = reached === undefined ? {} : { after: reached };
        return listOrders(finder, shopperId, page, options);
      },
    );
  };
}

function noToken(): Problem {
  return new Problem('unauthorized', 'Send the token of your cart as `Authorization: Bearer`.');
}
