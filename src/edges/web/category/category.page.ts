import { type Static, Type } from 'typebox';
import { type Category, catalog } from '../../../contracts/catalog.ts';
import { Id } from '../../../contracts/shapes.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryIn, categoryPlace } from '../../showing/category-path.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { LISTING_TAGS } from '../../showing/tags.ts';
import { type Chosen, chosenIn, LISTING_QUERY, searchRequest } from '../listing/filters.ts';
import { type Listed, type ListingParts, listingParts, lists } from '../listing/listing.ts';
import { ListingView, presentListing } from '../listing/present-listing.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';

const Params = Type.Object({ categoryId: Id });
const Query = Type.Object(LISTING_QUERY);

const CategoryView = Type.Object({
  categoryId: Type.String(),
  name: Type.String(),
  /** What it lies in, outermost first. */
  within: Type.Array(CategoryLink),
  /** What lies in it. */
  below: Type.Array(CategoryLink),
  listing: ListingView,
});
type CategoryView = Static<typeof CategoryView>;

interface Found {
  readonly category: Category;
  readonly categories: readonly Category[];
  readonly chosen: Chosen;
  readonly listed: Listed;
}

/** `/{lang}/c/{categoryId}`: what a category lists, to be narrowed, sorted and paged by its address. */
export function categoryPage(parts: WebParts): PageDefinition<typeof Params, typeof Query, typeof CategoryView> {
  const ask = parts.client(catalog);
  const list = lists(parts);
  type Wanted = Asked<Static<typeof Params>, Static<typeof Query>>;
  const gather = pipeline<Wanted, Found, ListingParts, CategoryView>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ params: { categoryId }, query, currency }) {
          const chosen = chosenIn(query, currency, 'newest');
          const [{ categories }, listed] = await Promise.all([
            ask.categories({}).then(answerOf),
            list(searchRequest('', categoryId, chosen, currency), 'newest'),
          ]);
          return { category: categoryIn(categories, categoryId), categories, chosen, listed };
        },
      },
      enrich: listingParts<Found, Wanted>(parts),
      present: (found, gathered, asked) => ({
        ...categoryPlace(found.category, found.categories, asked.language),
        listing: presentListing(found, gathered, asked),
      }),
      tags: () => LISTING_TAGS,
      keep: ({ listed }) => listed.facets !== null,
    },
    parts,
  );
  return {
    ...{ name: 'category', path: '/c/:categoryId', summary: 'What a category lists' },
    ...{ params: Params, query: Query, view: CategoryView, gather },
  };
}
