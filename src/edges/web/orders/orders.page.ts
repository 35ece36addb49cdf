import { type Static, Type } from 'typebox';
import { OrderStatus } from '../../../contracts/order-status.ts';
import { orders } from '../../../contracts/orders.ts';
import { Money } from '../../../contracts/shapes.ts';
import type { ListedOrder } from '../../../contracts/shown-order.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { type Company, orderCompany } from '../../showing/company.ts';
import { type Language, textIn } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { lastWrite } from './own-writes.ts';
import type { ReadOrder } from './present-order.ts';

const PAGE_SIZE = 10;
const DETAILS_MS = 600;
const Nothing = Type.Object({});
const Query = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 2_000 })) });

const OrdersView = Type.Object({
  orders: Type.Array(
    Type.Object({
      orderId: Type.String(),
      status: OrderStatus,
      placedAt: Type.Integer(),
      total: Money,
      pieces: Type.Integer(),
      /** Of its first lines; empty when they could not be had in time. */
      titles: Type.Array(Type.String()),
      images: Type.Array(Type.String()),
    }),
  ),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
  /** Whether this page is the first. */
  isFirst: Type.Boolean(),
  /** The browser's session cannot be read any more, and its orders cannot be shown. */
  isLost: Type.Boolean(),
});
type OrdersView = Static<typeof OrdersView>;

interface Found {
  readonly listed: readonly ListedOrder[];
  readonly nextCursor: string | null;
  readonly isLost: boolean;
}

interface Parts {
  readonly details: { readonly read: readonly ReadOrder[]; readonly products: Company['products'] };
}

const SHOWN_LINES = 3;

/** `/{lang}/orders`: what this browser's session has bought, newest first. */
export function ordersPage(parts: WebParts): PageDefinition<typeof Nothing, typeof Query, typeof OrdersView> {
  const { sessions } = parts;
  const ask = parts.client(orders);
  const { products } = orderCompany(parts);
  const gather = pipeline<Asked<unknown, Static<typeof Query>>, Found, Parts, OrdersView>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ request, query: { cursor } }) {
          const { shopperId } = sessions.of(request);
          if (shopperId === undefined) return { listed: [], nextCursor: null, isLost: sessions.isLost(request) };
          const page = { shopperId, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
          const after = lastWrite(request);
          const asked = await ask.history(after === undefined ? page : { ...page, after });
          // A cookie that is not ours any more (another log, another shop) is no reason to show nothing.
          const isForeign = asked.kind === 'rejected' && asked.rejection.code === 'validation_failed';
          const { items, nextCursor } = answerOf(isForeign ? await ask.history(page) : asked);
          return { listed: items, nextCursor, isLost: false };
        },
      },
      enrich: {
        details: {
          deadlineMs: DETAILS_MS,
          fallback: { read: [], products: [] },
          async load({ listed }, { request }) {
            const { shopperId = '' } = sessions.of(request);
            const outcomes = await Promise.all(listed.map(({ orderId }) => ask.read({ orderId, shopperId })));
            const read = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.answer] : []));
            return { read, products: await products.load(read, undefined).catch(() => products.fallback) };
          },
        },
      },
      present: ({ listed, nextCursor, isLost }, { details }, { language, query }) => ({
        orders: listed.map((order) => ({ ...listedView(order), ...showing(order.orderId, details, language) })),
        nextCursor,
        isFirst: query.cursor === undefined,
        isLost,
      }),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ name: 'orders', path: '/orders', summary: 'What this browser has bought', personal: true },
    ...{ params: Nothing, query: Query, view: OrdersView, gather },
  };
}

function listedView({ orderId, status, placedAt, total, parcels }: ListedOrder) {
  return { orderId, status, placedAt, total, pieces: parcels.reduce((sum, { pieces }) => sum + pieces, 0) };
}

function showing(orderId: string, { read, products }: Parts['details'], language: Language) {
  const lines = read.find(({ order }) => order.orderId === orderId)?.order.parcels.flatMap((each) => each.lines) ?? [];
  const images = lines.flatMap(
    ({ productId }) => products.find((each) => each.productId === productId)?.images[0] ?? [],
  );
  return {
    titles: lines.map(({ title }) => textIn(title, language)),
    images: [...new Set(images)].slice(0, SHOWN_LINES),
  };
}
