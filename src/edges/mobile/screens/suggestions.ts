import { Type } from 'typebox';
import { type Category, catalog } from '../../../contracts/catalog.ts';
import { type SearchAnswer, search } from '../../../contracts/search.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryLink } from '../../showing/category-path.ts';
import { priceIn } from '../../showing/currency.ts';
import { textIn } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { suggestedCategories } from '../../showing/suggested-categories.ts';
import type { Asked } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import { NoPrice, noPriceOf } from '../prices.ts';
import type { Screen } from '../screen.ts';

const MOST_PRODUCTS = 6;
const SEARCH_MS = 600;

interface Parts {
  readonly search: SearchAnswer | null;
}

/** What the words typed so far may become; half a syllable of Hangul is enough. Without the search: the categories named so. */
export function suggestionsScreen(parts: MobileParts): Screen {
  const { dialect, client } = parts;
  const ask = { catalog: client(catalog), search: client(search) };
  const query = { q: Type.String({ minLength: 1, maxLength: 200 }) };
  const view = {
    products: Type.Array(
      Type.Object({
        productId: Type.String(),
        title: Type.String(),
        picture: Type.Union([dialect.Picture, Type.Null()]),
        price: NoPrice,
      }),
    ),
    categories: Type.Array(CategoryLink),
    total: Type.Union([Type.Integer(), Type.Null()], { description: 'How many products there are in all.' }),
  };
  const gather = pipeline<Asked<unknown, { readonly q: string }>, readonly Category[], Parts, JsonObject>(
    {
      find: {
        deadlineMs: 1_000,
        load: () =>
          ask.catalog.categories({}, { timeoutMs: SEARCH_MS }).then(
            (outcome) => (outcome.kind === 'done' ? outcome.answer.categories : []),
            () => [],
          ),
      },
      enrich: {
        search: {
          deadlineMs: SEARCH_MS,
          fallback: null,
          load: async (_found, { query: { q }, currency }) =>
            answerOf(
              await ask.search.search({ q, currency, limit: MOST_PRODUCTS, offset: 0 }, { timeoutMs: SEARCH_MS }),
            ),
        },
      },
      present(categories, { search: found }, { language, currency, device, query: { q } }) {
        const counted = found ?? { facets: { category: [] }, total: 0 };
        return {
          products: (found?.hits ?? []).map(({ productId, title, image, prices }) => ({
            ...{ productId, title: textIn(title, language) },
            picture: image === undefined ? null : dialect.picture(image, 'line', device),
            price: noPriceOf(priceIn(prices, currency), language),
          })),
          categories: suggestedCategories(q, categories, counted).map((each) => categoryLink(each, language)),
          total: found?.total ?? null,
        };
      },
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ path: '/search/suggestions', tag: 'browsing', summary: 'What the words typed so far may become' },
    ...{ query, view, keep: 'shared', gather },
  };
}
