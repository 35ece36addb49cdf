import { type Static, Type } from 'typebox';
import { type Category, catalog } from '../../../contracts/catalog.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { textIn } from '../../showing/language.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { LISTING_TAGS } from '../../showing/tags.ts';
import { type Chosen, chosenIn, LISTING_QUERY, searchRequest } from '../listing/filters.ts';
import { type Listed, type ListingParts, listingParts, lists } from '../listing/listing.ts';
import { ListingView, presentListing } from '../listing/present-listing.ts';
import { cardOf, ProductCard } from '../listing/product-card.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';

const Params = Type.Object({});
const Query = Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })), ...LISTING_QUERY });

const SearchView = Type.Object({
  /** As it was asked, without blanks around it. */
  q: Type.String(),
  /** Whose goods alone are shown. */
  seller: Type.Union([Type.String(), Type.Null()]),
  listing: ListingView,
  /** What is new, for those who found nothing. */
  instead: Type.Array(ProductCard),
});
type SearchView = Static<typeof SearchView>;

interface Found {
  readonly q: string;
  readonly categories: readonly Category[];
  readonly chosen: Chosen;
  readonly listed: Listed;
}

interface Parts extends ListingParts {
  readonly instead: ListingParts['products'];
}

/** `/{lang}/search`: products by words, in either language; without words, all of them. */
export function searchPage(parts: WebParts): PageDefinition<typeof Params, typeof Query, typeof SearchView> {
  const ask = parts.client(catalog);
  const list = lists(parts);
  type Wanted = Asked<Static<typeof Params>, Static<typeof Query>>;
  const gather = pipeline<Wanted, Found, Parts, SearchView>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ query, currency }) {
          const q = (query.q ?? '').trim();
          const chosen = chosenIn(query, currency, q === '' ? 'newest' : 'relevance');
          const [categories, listed] = await Promise.all([
            ask.categories({}).then(
              (outcome) => (outcome.kind === 'done' ? outcome.answer.categories : []),
              () => [],
            ),
            list(searchRequest(q, undefined, chosen, currency), q === '' ? 'newest' : 'none'),
          ]);
          return { q, categories, chosen, listed };
        },
      },
      enrich: {
        ...listingParts<Found, Wanted>(parts),
        instead: {
          deadlineMs: 400,
          fallback: [],
          load: async ({ listed }) =>
            listed.total > 0 ? [] : answerOf(await ask.newest({ limit: 8 })).products.slice(0, 8),
        },
      },
      present(found, gathered, asked) {
        const { seller } = found.chosen;
        const known = gathered.sellers.find(({ sellerId }) => sellerId === seller);
        return {
          q: found.q,
          seller: known === undefined ? null : textIn(known.name, asked.language),
          listing: presentListing(found, gathered, asked),
          instead: gathered.instead.map((product) => cardOf(product, gathered.sellers, asked)),
        };
      },
      tags: () => LISTING_TAGS,
      keep: ({ listed }) => listed.facets !== null,
    },
    parts,
  );
  return {
    ...{ name: 'search', path: '/search', summary: 'Products by words' },
    ...{ params: Params, query: Query, view: SearchView, gather },
  };
}
