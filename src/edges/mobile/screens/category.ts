import { type TProperties, Type } from 'typebox';
import { type Category, catalog } from '../../../contracts/catalog.ts';
import { Id } from '../../../contracts/shapes.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { CategoryLink, categoryIn, categoryPlace } from '../../showing/category-path.ts';
import { pipeline } from '../../showing/pipeline.ts';
import { LISTING_TAGS } from '../../showing/tags.ts';
import type { Asked } from '../asked.ts';
import { type Listed, type ListingParts, listingMembers, listingParts, presentListing } from '../lists/listing.ts';
import { NARROWING, type Narrowing, narrowingOf } from '../lists/narrowed.ts';
import { productLists } from '../lists/product-lists.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';

interface Found extends Listed {
  readonly category: Category;
}

/** What a category lists, page by page. */
export function categoryScreen(parts: MobileParts): Screen {
  const { dialect, client } = parts;
  const ask = client(catalog);
  const lists = productLists(parts);
  const params = { categoryId: Id };
  const query: TProperties = { ...NARROWING, ...dialect.paging.query };
  const view: TProperties = {
    ...CategoryLink.properties,
    within: Type.Array(CategoryLink, { description: 'What it lies in, outermost first.' }),
    below: Type.Array(CategoryLink, { description: 'What lies in it.' }),
    ...listingMembers(dialect),
  };
  type Wanted = Asked<{ readonly categoryId: string }, Narrowing>;

  const gather = pipeline<Wanted, Found, ListingParts, JsonObject>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ params: { categoryId }, query: narrowing, currency }) {
          const page = dialect.paging.asked(narrowing);
          const wanted = { q: '', category: categoryId, narrowing: narrowingOf(narrowing), currency };
          const [{ categories }, found] = await Promise.all([
            ask.categories({}).then(answerOf),
            lists.page(wanted, page),
          ]);
          return {
            category: categoryIn(categories, categoryId),
            categories,
            wanted,
            page: found,
            isFirst: page.key === undefined,
          };
        },
      },
      enrich: listingParts<Found>(parts, lists),
      present: (found, gathered, asked) => ({
        ...categoryPlace(found.category, found.categories, asked.language),
        ...presentListing(found, gathered, asked, dialect),
      }),
      tags: () => LISTING_TAGS,
      keep: ({ page }) => !page.isBehind,
    },
    parts,
  );
  return {
    ...{ path: '/categories/:categoryId', tag: 'browsing', summary: 'What a category lists', params, query, view },
    ...{ keep: 'shared', ready: true, problems: ['unknown_category', 'invalid_cursor'], gather },
  };
}
