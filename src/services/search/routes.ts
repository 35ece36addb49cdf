import { Type } from 'typebox';
import { Hit, SearchAnswer, type SearchRequest, Sort } from '../../contracts/search.ts';
import { Currency, Id, LIMITS, Money } from '../../contracts/shapes.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';
import { DEEPEST_OFFSET } from './paging.ts';

const closed = { additionalProperties: false } as const;
const tags = ['search'];

const Query = Type.Object(
  {
    q: Type.String({
      maxLength: 200,
      default: '',
      description: 'Words in English or Korean; none asks for everything.',
    }),
    category: Type.Optional(Id),
    seller: Type.Optional(Id),
    currency: Type.Optional(Currency),
    available: Type.Optional(Type.Boolean({ description: 'Leaves out what is sold out.' })),
    priceFrom: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'In minor units of `currency`.' }),
    ),
    priceTo: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    option: Type.Optional(
      Type.Array(Type.String({ pattern: '^[^:]{1,100}:.{1,200}$' }), {
        maxItems: 50,
        description: '`name:value`, as often as there are values: one of them for each name.',
      }),
    ),
    sort: Type.Optional(Sort),
    limit: Type.Integer({
      minimum: 1,
      maximum: LIMITS.pageSize,
      default: 20,
      description: 'Hits a page, 100 at most.',
    }),
    cursor: Type.Optional(Type.String({ maxLength: 2_000, description: '`nextCursor` of the page before.' })),
  },
  closed,
);

const Answer = Type.Object({
  hits: Type.Array(Type.Object({ ...Hit.properties, prices: Type.Array(Money) })),
  total: Type.Integer(),
  facets: SearchAnswer.properties.facets,
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

/** `search` answers a query. */
export function searchRoutes(search: (request: SearchRequest) => Promise<Outcome<SearchAnswer>>): HttpRoutes {
  return (http) => {
    http.get(
      '/v1/search',
      { schema: { tags, summary: 'Search products', querystring: Query, response: { 200: Answer } } },
      async ({ query }) => {
        const { cursor, limit, option, ...rest } = query;
        const wanted = { ...rest, ...(option === undefined ? {} : { options: optionsIn(option) }) };
        const list = JSON.stringify(Object.entries(wanted).sort(([a], [b]) => (a < b ? -1 : 1)));
        const offset = offsetIn(decodeCursor(cursor, list));
        const { hits, total, facets } = answerOf(await search({ ...wanted, limit, offset }));
        const next = offset + hits.length;
        const more = hits.length > 0 && next < total && next <= DEEPEST_OFFSET;
        return {
          hits: hits.map(({ prices, ...hit }) => ({ ...hit, prices: moneyOf(prices) })),
          total,
          facets,
          nextCursor: more ? encodeCursor(next, list) : null,
        };
      },
    );
  };
}

/** `rebuild` fills the index anew while the old one serves. */
export function rebuildRoutes(rebuild: () => Promise<number>): HttpRoutes {
  return (http) => {
    http.post(
      '/v1/admin/search/rebuild',
      {
        schema: {
          tags: ['admin: search'],
          summary: 'Fill the search index anew while the old one serves',
          response: { 200: Type.Object({ products: Type.Integer() }) },
        },
      },
      async () => ({ products: await rebuild() }),
    );
  };
}

/** `['size:M', 'size:L']` → `{ size: ['M', 'L'] }`. */
function optionsIn(option: readonly string[]): Record<string, string[]> {
  const options = new Map<string, string[]>();
  for (const each of option) {
    const [name = '', ...value] = each.split(':');
    options.set(name, [...(options.get(name) ?? []), value.join(':')]);
  }
  return Object.fromEntries(options);
}

function offsetIn(cursor: unknown): number {
  if (cursor === undefined) return 0;
  if (typeof cursor === 'number' && Number.isInteger(cursor) && cursor >= 0 && cursor <= DEEPEST_OFFSET) return cursor;
  throw new Problem(
    'invalid_cursor',
    'Pass `nextCursor` of the page before exactly as it came, or none for the start.',
  );
}

function moneyOf(prices: Readonly<Record<string, number>>): Money[] {
  return Object.entries(prices)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({ amount, currency }));
}
