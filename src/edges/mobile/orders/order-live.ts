import { Type } from 'typebox';
import { Id } from '../../../contracts/shapes.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { follow } from '../../showing/follow.ts';
import { streamOrder } from '../../showing/order-stream.ts';
import { askedBy, COMMON_QUERY, commonHeaders } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import { viewOf } from '../screen.ts';
import { orderSchema } from './order.view.ts';
import { OF_ORDER, type OfOrder, readOrder } from './read-order.ts';

const MOST_WAIT_S = 30;
const WAIT_S = 25;

/** An order as it changes: events while the app is looked at, one long-held question where it may only ask now and then. */
export function orderLive(parts: MobileParts): HttpRoutes {
  const { dialect, clock } = parts;
  const gather = readOrder(parts);
  const base = `/${dialect.platform}/v1/orders/:orderId`;
  const schema = {
    tags: ['orders'],
    params: Type.Object({ orderId: Id }),
    headers: Type.Object(commonHeaders(dialect)),
  };

  return (http) => {
    http.get(
      `${base}/events`,
      {
        schema: {
          ...{ ...schema, querystring: Type.Object(COMMON_QUERY) },
          summary: 'An order as it changes (server-sent events)',
          description:
            'Events `order`, each with the whole order as its screen shows it and the version as its id. Who comes back with `Last-Event-ID` hears only what is news.',
        },
        config: { problems: [...OF_ORDER, 'too_many_requests'] },
      },
      async (request, reply) => {
        const asked = askedBy(request, dialect) as OfOrder;
        const read = async () => (await gather(asked)).view.order;
        await streamOrder(request, reply, { orderId: asked.params.orderId, read }, parts);
      },
    );

    /** Ends the questions that are held, with what is so far. */
    const held = new Set<() => void>();
    http.addHook('preClose', async () => {
      for (const end of held) end();
    });

    http.get(
      `${base}/changes`,
      {
        schema: {
          ...schema,
          querystring: Type.Object({
            after: Type.Integer({ minimum: 0, description: '`version` of the order as the app knows it.' }),
            wait: Type.Optional(
              Type.Integer({ minimum: 0, maximum: MOST_WAIT_S, description: `In seconds. Default ${WAIT_S}.` }),
            ),
            ...COMMON_QUERY,
          }),
          summary: 'The order once it has changed (long poll)',
          response: {
            200: viewOf({ order: orderSchema(dialect) }),
            204: Type.Null({ description: 'Nothing has happened within the wait.' }),
          },
        },
        config: { problems: OF_ORDER },
      },
      async (request, reply) => {
        const asked = askedBy(request, dialect) as OfOrder;
        const { after, wait = WAIT_S } = request.query as { readonly after: number; readonly wait?: number };
        const news = Promise.withResolvers<void>();
        held.add(news.resolve);
        request.raw.socket.once('close', news.resolve);
        let seen: Awaited<ReturnType<typeof gather>>;
        try {
          seen = await gather(asked);
          if (seen.view.order.version <= after && wait > 0) {
            const cancel = clock.after(wait * 1_000, news.resolve);
            const tell = (read: typeof seen) => {
              seen = read;
              if (read.view.order.version > after) news.resolve();
            };
            const stop = follow({ tag: `order:${asked.params.orderId}`, read: () => gather(asked), tell }, parts);
            await news.promise;
            stop();
            cancel();
          }
        } finally {
          held.delete(news.resolve);
          request.raw.socket.off('close', news.resolve);
        }
        reply.header('cache-control', 'no-store');
        if (seen.view.order.version <= after) return reply.code(204).send(null);
        return reply.send({ ...seen.view, missing: [...seen.missing] });
      },
    );
  };
}
