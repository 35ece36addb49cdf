import { Type } from 'typebox';
import { type inventory, StockLevel } from '../../contracts/inventory.ts';
import { Id, LIMITS, Sku } from '../../contracts/shapes.ts';
import type { Handlers } from '../../kernel/contract.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import { idempotencyOf } from '../../platform/http/idempotency.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Asking } from './asking.ts';
import { MAIN } from './stock.ts';

const closed = { additionalProperties: false } as const;
const OnHand = Type.Object(
  { onHand: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), location: Type.Optional(Id) },
  closed,
);
const Page = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 50 })),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
  },
  closed,
);
const Levels = Type.Object(
  { items: Type.Array(StockLevel), nextCursor: Type.Union([Type.String(), Type.Null()]) },
  closed,
);
const OfSku = Type.Object({ sku: Sku }, closed);

/** Stock for those who run the shop. */
export function inventoryRoutes(
  kit: Pick<ServiceKit, 'view' | 'store'>,
  handlers: Handlers<typeof inventory>,
  asking: Asking,
): HttpRoutes {
  const levelOf = async (sku: string): Promise<StockLevel> =>
    answerOf(await handlers.levels({ skus: [sku] }, {})).levels[0] as StockLevel;

  return (http) => {
    http.put(
      '/v1/admin/stock/:sku',
      {
        schema: {
          tags: ['stock'],
          summary: 'Set what is on hand',
          params: OfSku,
          body: OnHand,
          response: { 200: StockLevel },
        },
      },
      async (request) => {
        const { sku } = request.params;
        const { onHand, location = MAIN } = request.body;
        const idempotency = idempotencyOf(request, 'admin');
        await kit.store.decide({
          intents: [asking(sku, { kind: 'count', location, onHand })],
          ...(idempotency === undefined ? {} : { idempotency: { ...idempotency, answer: {} } }),
        });
        return levelOf(sku);
      },
    );

    http.get(
      '/v1/admin/stock/:sku',
      {
        schema: { tags: ['stock'], summary: 'Read the stock of a SKU', params: OfSku, response: { 200: StockLevel } },
      },
      ({ params }) => levelOf(params.sku),
    );

    http.get(
      '/v1/admin/stock',
      {
        schema: { tags: ['stock'], summary: 'List stock by SKU', querystring: Page, response: { 200: Levels } },
        config: { problems: ['invalid_cursor'] },
      },
      async ({ query: { limit = 50, cursor } }) => {
        const last = decodeCursor(cursor, 'stock') as string | undefined;
        const { value: listed } = await kit.view('stock_list').query({
          where: {},
          range: { field: 'sku' },
          order: 'ascending',
          limit: limit + 1,
          ...(last === undefined ? {} : { after: { value: last, key: last } }),
        });
        const page = listed.slice(0, limit).map(({ key }) => key);
        const { levels } = answerOf(await handlers.levels({ skus: page }, {}));
        const next = listed.length > limit ? page.at(-1) : undefined;
        return { items: levels, nextCursor: next === undefined ? null : encodeCursor(next, 'stock') };
      },
    );
  };
}
