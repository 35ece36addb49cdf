import { type Static, Type } from 'typebox';
import { type Category, catalog } from '../../../contracts/catalog.ts';
import { type SearchAnswer, search } from '../../../contracts/search.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryLink } from '../../showing/category-path.ts';
import { CurrencySchema, PriceSchema, priceIn } from '../../showing/currency.ts';
import { type Language, LanguageSchema, textIn } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { suggestedCategories } from '../../showing/suggested-categories.ts';
import type { Asked } from '../page.ts';
import { askedBy } from '../page-routes.ts';
import type { WebParts } from '../parts.ts';

const Query = Type.Object({
  q: Type.String({ minLength: 1, maxLength: 200 }),
  currency: Type.Optional(CurrencySchema),
});

const Suggestions = Type.Object({
  products: Type.Array(
    Type.Object({
      productId: Type.String(),
      title: Type.String(),
      image: Type.Union([Type.String(), Type.Null()]),
      price: PriceSchema,
    }),
  ),
  categories: Type.Array(CategoryLink),
  /** How many products there are in all. */
  total: Type.Integer(),
});
type Suggestions = Static<typeof Suggestions>;

const MOST_PRODUCTS = 6;

/** What the words typed so far may become. Half a syllable is enough: the search knows how Hangul is typed. */
export function suggestionRoutes(parts: WebParts): HttpRoutes {
  const ask = { catalog: parts.client(catalog), search: parts.client(search) };
  type Wanted = Asked<unknown, Static<typeof Query>>;
  const gather = pipeline<Wanted, SearchAnswer, { categories: readonly Category[] }, Suggestions>(
    {
      find: {
        deadlineMs: 1_500,
        load: async ({ query: { q }, currency }) =>
          answerOf(await ask.search.search({ q, currency, limit: MOST_PRODUCTS, offset: 0 }, { timeoutMs: 1_000 })),
      },
      enrich: {
        categories: {
          deadlineMs: 200,
          fallback: [],
          load: async () => answerOf(await ask.catalog.categories({})).categories,
        },
      },
      present: (found, { categories }, { language, currency, query: { q } }) => ({
        products: found.hits.map(({ productId, title, image = null, prices }) => ({
          ...{ productId, title: textIn(title, language), image, price: priceIn(prices, currency) },
        })),
        categories: suggestedCategories(q, categories, found).map((each) => categoryLink(each, language)),
        total: found.total,
      }),
      tags: () => [],
    },
    parts,
  );

  return (http) => {
    http.get(
      '/web/v1/:lang/suggestions',
      {
        schema: {
          tags: ['search'],
          summary: 'What the words typed so far may become',
          params: Type.Object({ lang: LanguageSchema }),
          querystring: Query,
          response: { 200: Suggestions },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'private, max-age=30').header('vary', 'cookie');
        return (await gather(askedBy(request, request.params.lang as Language) as Wanted)).view;
      },
    );
  };
}
