import { type TProperties, Type } from 'typebox';
import { catalog, type ProductOnSale } from '../../../contracts/catalog.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked } from '../asked.ts';
import { cellOf, cellSchema } from '../lists/cells.ts';
import { type Listed, type ListingParts, listingMembers, listingParts, presentListing } from '../lists/listing.ts';
import { NARROWING, type Narrowing, narrowingOf } from '../lists/narrowed.ts';
import { productLists } from '../lists/product-lists.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';

interface Parts extends ListingParts {
  readonly instead: readonly ProductOnSale[];
}

const INSTEAD = 10;

/** Products by words, in either language; without words, all of them, newest first. */
export function searchScreen(parts: MobileParts): Screen {
  const { dialect, client } = parts;
  const ask = client(catalog);
  const lists = productLists(parts);
  const query: TProperties = {
    q: Type.Optional(
      Type.String({ maxLength: 200, description: 'Words in Korean or English, or the beginning of one.' }),
    ),
    ...NARROWING,
    ...dialect.paging.query,
  };
  const view: TProperties = {
    q: Type.String({ description: 'As it was asked, without blanks around it.' }),
    ...listingMembers(dialect),
    instead: Type.Array(cellSchema(dialect), { description: 'What is new, for those who found nothing.' }),
  };
  type Wanted = Asked<unknown, Narrowing & { readonly q?: string }>;

  const gather = pipeline<Wanted, Listed, Parts, JsonObject>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ query: asked, currency }) {
          const page = dialect.paging.asked(asked);
          const wanted = { q: (asked.q ?? '').trim(), category: undefined, narrowing: narrowingOf(asked), currency };
          const [categories, found] = await Promise.all([
            ask.categories({}).then(
              (outcome) => (outcome.kind === 'done' ? outcome.answer.categories : []),
              () => [],
            ),
            lists.page(wanted, page),
          ]);
          return { categories, wanted, page: found, isFirst: page.key === undefined };
        },
      },
      enrich: {
        ...listingParts<Listed>(parts, lists),
        instead: {
          deadlineMs: 400,
          fallback: [],
          load: async ({ page: { hits, products }, isFirst }) =>
            hits.length + products.length > 0 || !isFirst
              ? []
              : answerOf(await ask.newest({ limit: INSTEAD })).products,
        },
      },
      present: (found, gathered, asked) => ({
        q: found.wanted.q,
        ...presentListing(found, gathered, asked, dialect),
        instead: gathered.instead.map((product) => cellOf(product, gathered.sellers, asked, dialect)) as JsonObject[],
      }),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ path: '/search', tag: 'browsing', summary: 'Products by words', query, view },
    ...{ keep: 'shared', problems: ['invalid_cursor'], gather },
  };
}
