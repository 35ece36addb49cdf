import { type Static, Type } from 'typebox';
import { Availability } from './catalog.ts';
import { query } from './contract.ts';
import { Currency, Id, LIMITS, Text } from './shapes.ts';

const closed = { additionalProperties: false } as const;

export const Sort = Type.Union([
  Type.Literal('relevance'),
  Type.Literal('price_asc'),
  Type.Literal('price_desc'),
  Type.Literal('newest'),
]);

export const SearchRequest = Type.Object(
  {
    q: Type.String({ maxLength: 200 }),
    category: Type.Optional(Id),
    seller: Type.Optional(Id),
    currency: Type.Optional(Currency),
    sort: Type.Optional(Sort),
    limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize }),
    offset: Type.Integer({ minimum: 0, maximum: 10_000 }),
  },
  closed,
);
export type SearchRequest = Static<typeof SearchRequest>;

export const Hit = Type.Object(
  {
    productId: Id,
    sellerId: Id,
    title: Text,
    image: Type.Optional(Type.String()),
    prices: Type.Record(Currency, Type.Integer()),
    availability: Availability,
  },
  closed,
);
const Facet = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }, closed));

export const SearchAnswer = Type.Object(
  {
    hits: Type.Array(Hit),
    total: Type.Integer(),
    facets: Type.Object({ category: Facet, seller: Facet, availability: Facet }, closed),
  },
  closed,
);
export type SearchAnswer = Static<typeof SearchAnswer>;

export const search = {
  service: 'search',
  calls: { search: query(SearchRequest, SearchAnswer) },
  events: {},
} as const;
