import { type Static, type TProperties, Type } from 'typebox';
import { OrderStatus, orders } from '../../../contracts/orders.ts';
import type { OrderList } from '../../../contracts/shown-order.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { type Company, orderCompany } from '../../showing/company.ts';
import { textIn } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import { Price, priceOf } from '../prices.ts';
import type { Screen } from '../screen.ts';
import { shopperOf } from '../session.ts';
import { statusWords } from '../words.ts';
import type { ReadOrder } from './order.view.ts';

const DETAILS_MS = 600;
/** Orders whose lines are looked at; a longer page names the others without. */
const MOST_READ = 20;
const SHOWN_PICTURES = 3;

interface Details {
  readonly read: readonly ReadOrder[];
  readonly products: Company['products'];
}

/** What a shopper has bought, newest first. */
export function ordersScreen(parts: MobileParts): Screen {
  const { dialect, client, capabilities } = parts;
  const ask = client(orders);
  const { products } = orderCompany(parts);
  const item = Type.Object({
    orderId: Type.String(),
    status: OrderStatus,
    statusText: Type.String(),
    placedAt: dialect.Time,
    total: Price,
    pieces: Type.Integer(),
    titles: Type.Array(Type.String(), { description: 'Of its lines; empty when they could not be had in time.' }),
    pictures: Type.Array(dialect.Picture),
  });
  const query: TProperties = {
    ...dialect.paging.query,
    after: Type.Optional(
      Type.String({ maxLength: 4_096, description: '`readToken` of a checkout: the list has that order in it.' }),
    ),
  };
  type Wanted = Asked<unknown, { readonly after?: string }>;

  function present({ items, nextCursor }: OrderList, { details }: { details: Details }, asked: Asked): JsonObject {
    const { language, device } = asked;
    const shown = items.map(({ orderId, status, placedAt, total, parcels }): Static<typeof item> => {
      const lines =
        details.read.find(({ order }) => order.orderId === orderId)?.order.parcels.flatMap((each) => each.lines) ?? [];
      const sources = lines.flatMap(
        ({ productId }) => details.products.find((each) => each.productId === productId)?.images[0] ?? [],
      );
      return {
        ...{ orderId, status, statusText: statusWords(status, language), placedAt: dialect.time(placedAt) },
        total: priceOf(total, language),
        pieces: parcels.reduce((sum, { pieces }) => sum + pieces, 0),
        titles: lines.map(({ title }) => textIn(title, language)),
        pictures: [...new Set(sources)]
          .slice(0, SHOWN_PICTURES)
          .map((source) => dialect.picture(source, 'line', device)),
      };
    });
    const counts = { previousKey: null, before: null, after: nextCursor === null ? 0 : null };
    return dialect.paging.present({ items: shown as JsonObject[], nextKey: nextCursor, ...counts });
  }

  const gather = pipeline<Wanted, OrderList, { readonly details: Details }, JsonObject>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ request, query: asked }) {
          const { key, size } = dialect.paging.asked(asked);
          const { after } = asked;
          const page = { shopperId: shopperOf(request, capabilities), limit: size };
          const at = key === undefined ? page : { ...page, cursor: key };
          return answerOf(await ask.history(after === undefined ? at : { ...at, after }));
        },
      },
      enrich: {
        details: {
          deadlineMs: DETAILS_MS,
          fallback: { read: [], products: [] },
          async load({ items }, { request }) {
            const shopperId = shopperOf(request, capabilities);
            const outcomes = await Promise.all(
              items.slice(0, MOST_READ).map(({ orderId }) => ask.read({ orderId, shopperId })),
            );
            const read = outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.answer] : []));
            return { read, products: await products.load(read, undefined).catch(() => products.fallback) };
          },
        },
      },
      present,
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ path: '/orders', tag: 'orders', summary: 'What this shopper has bought, newest first' },
    ...{ query, view: dialect.paging.members(item), keep: 'own', problems: ['unauthorized', 'invalid_cursor'], gather },
  };
}
