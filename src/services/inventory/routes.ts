import { Type } from 'typebox';
import { type inventory, StockLevel } from '../../contracts/inventory.ts';
import { Id, LIMITS, Sku } from '../../contracts/shapes.ts';
import type { Handlers } from '../../kernel/contract.ts';
import { idempotencyOf } from '../../platform/http/idempotency.ts';
import { operatorOf } from '../../platform/http/operator.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Asking } from './asking.ts';
import { PlacedLevel, placedLevel } from './placed-level.ts';
import { MAIN } from './stock.ts';
import { stockedSkus } from './stocked-skus.ts';

const closed = { additionalProperties: false } as const;
const OnHand = Type.Object(
  {
    onHand: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
    location: Type.Optional(Id),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'Why; kept in the log.' })),
  },
  closed,
);
const Page = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 50 })),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    prefix: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'How the SKU begins.' })),
    availability: Type.Optional(Type.Union([Type.Literal('low_stock'), Type.Literal('out_of_stock')])),
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
  return (http) => {
    http.put(
      '/v1/admin/stock/:sku',
      {
        schema: {
          tags: ['stock'],
          summary: 'Set what is on hand',
          params: OfSku,
          body: OnHand,
          response: { 200: PlacedLevel },
        },
      },
      async (request) => {
        const { sku } = request.params;
        const { onHand, location = MAIN, note } = request.body;
        const idempotency = idempotencyOf(request, 'admin');
        await kit.store.decide({
          intents: [asking(sku, { kind: 'count', location, onHand })],
          metadata: { actor: operatorOf(request), ...(note === undefined ? {} : { reason: note }) },
          ...(idempotency === undefined ? {} : { idempotency: { ...idempotency, answer: {} } }),
        });
        return placedLevel(kit.store, sku);
      },
    );

    http.get(
      '/v1/admin/stock/:sku',
      {
        schema: {
          tags: ['stock'],
          summary: 'Read the stock of a SKU by location, and when it was counted last',
          params: OfSku,
          response: { 200: PlacedLevel },
        },
      },
      ({ params }) => placedLevel(kit.store, params.sku),
    );

    http.get(
      '/v1/admin/stock',
      {
        schema: { tags: ['stock'], summary: 'List stock by SKU', querystring: Page, response: { 200: Levels } },
        config: { problems: ['invalid_cursor'] },
      },
      async ({ query: { limit = 50, ...query } }) => {
        const { skus, nextCursor } = await stockedSkus(kit.view, { limit, ...query });
        const { levels } = answerOf(await handlers.levels({ skus: [...skus] }, {}));
        return { items: levels, nextCursor };
      },
    );
  };
}
