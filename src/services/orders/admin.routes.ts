import { Type } from 'typebox';
import { OrderStatus } from '../../contracts/orders.ts';
import { Id, LIMITS, Money, SkuQuantity, TimeMs } from '../../contracts/shapes.ts';
import { idempotencyOf, requiredIdempotency } from '../../platform/http/idempotency.ts';
import { operatorOf } from '../../platform/http/operator.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { orderAggregate } from './aggregate.ts';
import type { OrderFinder } from './finding/port.ts';
import { FoundOrders, findOrders } from './found.ts';
import { type Asked, fulfilment } from './fulfilment.ts';
import { ShownOrder } from './shown.schema.ts';
import { isKnown, shownOrder } from './shown.ts';

const closed = { additionalProperties: false } as const;
const OrderParams = Type.Object({ orderId: Id });
const Lines = Type.Array(SkuQuantity, { minItems: 1, maxItems: LIMITS.linesPerCart });
const Note = Type.String({ minLength: 1, maxLength: 500, description: 'Why; kept in the log. No personal data.' });
/** The body may be left out: then the whole parcel or order is meant. */
const PartBody = Type.Union([
  Type.Object({ lines: Type.Optional(Lines), note: Type.Optional(Note) }, closed),
  Type.Null(),
]);

type Writing = Parameters<typeof idempotencyOf>[0] & { readonly traceparent: string | undefined };

/** What the shop's people and sellers do with orders; the gateway lets only the admin token through. */
export function adminRoutes(kit: ServiceKit, finder: OrderFinder): HttpRoutes {
  const { store, keyring } = kit;
  const { ship, refund, cancel } = fulfilment(kit);

  /** A part moves money each time it is asked for, so it needs a key; the whole is done once by nature. */
  const askedFor = (request: Writing, lines: unknown, reason: string | undefined): Asked => ({
    actor: operatorOf(request),
    reason,
    traceparent: request.traceparent,
    idempotency: lines === undefined ? idempotencyOf(request, 'admin') : requiredIdempotency(request, 'admin'),
  });

  async function shown(orderId: string): Promise<ShownOrder> {
    const { state, version } = await store.load(orderAggregate, orderId);
    if (!isKnown(state)) throw new Problem('unknown_order', 'There is no such order.');
    return shownOrder(state, await keyring.open(state.placement.contact), version);
  }

  return (http) => {
    http.get(
      '/v1/admin/orders',
      {
        schema: {
          summary: 'Orders, newest first',
          description:
            'Placed from a time on and below another. A page may hold fewer than `limit` orders and still have a `nextCursor`: no more ' +
            'than some thousand orders are looked through for one page.',
          querystring: Type.Object({
            status: Type.Optional(OrderStatus),
            shopper: Type.Optional(Id),
            seller: Type.Optional(Id),
            from: Type.Optional(TimeMs),
            below: Type.Optional(TimeMs),
            q: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 200,
                description: 'Beginnings of an order’s id, of SKUs and of words in titles; all of them are held.',
              }),
            ),
            limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 20 }),
            cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
          }),
          response: { 200: FoundOrders },
        },
        config: { problems: ['invalid_cursor', 'lists_unavailable'] },
      },
      async ({ query: { limit, cursor, ...wishes } }) =>
        findOrders(finder, wishes, cursor === undefined ? { limit } : { limit, cursor }),
    );

    http.get(
      '/v1/admin/orders/:orderId',
      {
        schema: { summary: 'An order as it stands now', params: OrderParams, response: { 200: ShownOrder } },
        config: { problems: ['unknown_order'] },
      },
      async (request) => shown(request.params.orderId),
    );

    http.post(
      '/v1/admin/orders/:orderId/parcels/:parcelId/ship',
      {
        schema: {
          summary: 'Ship a parcel, or a part of it',
          params: Type.Object({ orderId: Id, parcelId: Id }),
          body: PartBody,
          response: { 201: Type.Object({ shipmentId: Id, order: ShownOrder }) },
        },
        config: {
          problems: ['unknown_order', 'unknown_parcel', 'order_not_confirmed', 'nothing_to_ship', 'order_cancelled'],
        },
      },
      async (request, reply) => {
        const { orderId, parcelId } = request.params;
        const { lines, note } = request.body ?? {};
        const { shipmentId } = answerOf(await ship(orderId, parcelId, lines, askedFor(request, lines, note)));
        return reply.code(201).send({ shipmentId, order: await shown(orderId) });
      },
    );

    http.post(
      '/v1/admin/orders/:orderId/refunds',
      {
        schema: {
          summary: 'Pay back shipped goods',
          params: OrderParams,
          body: Type.Object({ lines: Lines, note: Type.Optional(Note) }, closed),
          response: {
            201: Type.Object({
              refunds: Type.Array(
                Type.Object({ refundId: Type.String(), parcelId: Id, lines: Type.Array(SkuQuantity), amount: Money }),
              ),
              order: ShownOrder,
            }),
          },
        },
        config: {
          idempotencyKey: 'required',
          problems: ['unknown_order', 'order_not_confirmed', 'no_matching_sale', 'refund_exceeds_capture'],
        },
      },
      async (request, reply) => {
        const { orderId } = request.params;
        const { lines, note } = request.body;
        const events = answerOf(await refund(orderId, lines, askedFor(request, lines, note)));
        return reply.code(201).send({ refunds: events.map(({ data }) => refundIn(data)), order: await shown(orderId) });
      },
    );

    http.post(
      '/v1/admin/orders/:orderId/cancel',
      {
        schema: {
          summary: 'Cancel what is not shipped of an order, or a part of it',
          params: OrderParams,
          body: PartBody,
          response: { 200: ShownOrder },
        },
        config: { problems: ['unknown_order', 'order_not_confirmed', 'nothing_to_cancel'] },
      },
      async (request) => {
        const { orderId } = request.params;
        const { lines, note } = request.body ?? {};
        answerOf(await cancel(orderId, 'admin', lines, askedFor(request, lines, note)));
        return shown(orderId);
      },
    );

    http.post(
      '/v1/admin/shoppers/:shopperId/erase',
      {
        schema: {
          summary: 'Destroy the key of a shopper: their personal data can never be read again, anywhere',
          params: Type.Object({ shopperId: Id }),
          response: { 200: Type.Object({ erased: Type.Literal(true) }) },
        },
      },
      async (request) => {
        await keyring.erase(request.params.shopperId);
        return { erased: true as const };
      },
    );
  };
}

function refundIn(data: Readonly<Record<string, unknown>>) {
  const { refundId, parcelId, lines, amount, currency } = data as {
    readonly refundId: string;
    readonly parcelId: string;
    readonly lines: SkuQuantity[];
    readonly amount: number;
    readonly currency: string;
  };
  return { refundId, parcelId, lines, amount: { amount, currency } };
}
