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

const Amount = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const OptionName = Type.String({ minLength: 1, maxLength: 100 });
const OptionValue = Type.String({ minLength: 1, maxLength: 200 });

export const SearchRequest = Type.Object(
  {
    q: Type.String({ maxLength: 200 }),
    category: Type.Optional(Id),
    seller: Type.Optional(Id),
    /** What prices are compared in; the commonest one unless given. */
    currency: Type.Optional(Currency),
    /** Leaves out what is sold out. */
    available: Type.Optional(Type.Boolean()),
    /** Of the lowest price, in minor units, both ends included. */
    priceFrom: Type.Optional(Amount),
    priceTo: Type.Optional(Amount),
    /** Option name → values: one of them for each name, among all variants of a product. */
    options: Type.Optional(
      Type.Record(OptionName, Type.Array(OptionValue, { minItems: 1, maxItems: 50 }), { maxProperties: 20 }),
    ),
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
    facets: Type.Object(
      {
        category: Facet,
        seller: Facet,
        availability: Facet,
        /** The options with the most products first, each with its values. */
        options: Type.Array(Type.Object({ name: Type.String(), values: Facet }, closed)),
        /** The lowest and the highest price in minor units, null where nothing is priced in the currency. */
        price: Type.Union([
          Type.Object({ currency: Currency, lowest: Type.Integer(), highest: Type.Integer() }, closed),
          Type.Null(),
        ]),
      },
      closed,
    ),
  },
  closed,
);
export type SearchAnswer = Static<typeof SearchAnswer>;

export const search = {
  service: 'search',
  calls: { search: query(SearchRequest, SearchAnswer) },
  events: {},
} as const;
