import { type TProperties, Type } from 'typebox';
import { type Category, catalog, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import type { SearchAnswer } from '../../../contracts/search.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import type { Part } from '../../showing/pipeline.ts';
import type { Asked } from '../asked.ts';
import type { Dialect } from '../dialect.ts';
import type { MobileParts } from '../parts.ts';
import { cellOf, cellOfHit, cellSchema } from './cells.ts';
import { Facets, presentFacets } from './facets.ts';
import { isPlain, type Wanted } from './narrowed.ts';
import type { ProductPage, productLists } from './product-lists.ts';

const COMPANY_MS = 400;
const FACETS_MS = 600;

/** What the finding of a list comes to. */
export interface Listed {
  readonly wanted: Wanted;
  readonly page: ProductPage;
  /** No key was asked for: the page with the facets. */
  readonly isFirst: boolean;
  readonly categories: readonly Category[];
}

export interface ListingParts {
  readonly products: readonly ProductOnSale[];
  readonly sellers: readonly Seller[];
  /** What the search says of a list that is the catalogue's; null on a later page, and of what was searched anyway. */
  readonly search: Counted | null;
}

interface Counted extends Pick<SearchAnswer, 'facets' | 'total'> {
  readonly sellers: readonly Seller[];
}

/** The members of an answer that is a list of products. */
export function listingMembers(dialect: Dialect): TProperties {
  return {
    ...dialect.paging.members(cellSchema(dialect)),
    total: Type.Union([Type.Integer(), Type.Null()], { description: 'Of all pages; null where nobody has counted.' }),
    facets: Type.Union([Facets, Type.Null()], {
      description: 'On the first page; null on later ones, and while the search is away.',
    }),
  };
}

type Lists = ReturnType<typeof productLists>;

/** What is gathered around a list: its products as they are now, the names of the sellers, and by what it can be narrowed. */
export function listingParts<Found extends Listed>(
  { client }: Pick<MobileParts, 'client'>,
  lists: Pick<Lists, 'facets'>,
): { readonly [Name in keyof ListingParts]: Part<Found, unknown, ListingParts[Name]> } {
  const ask = client(catalog);
  return {
    products: {
      deadlineMs: COMPANY_MS,
      fallback: [],
      async load({ page: { hits } }) {
        const productIds = hits.map(({ productId }) => productId);
        return productIds.length === 0 ? [] : answerOf(await ask.products({ productIds })).products;
      },
    },
    sellers: {
      deadlineMs: COMPANY_MS,
      fallback: [],
      async load({ page: { products, hits, facets } }) {
        const known = facets?.seller.map(({ value }) => value) ?? [];
        const sellerIds = [...new Set([...[...products, ...hits].map(({ sellerId }) => sellerId), ...known])];
        return sellerIds.length === 0
          ? []
          : answerOf(await ask.sellers({ sellerIds: sellerIds.slice(0, 100) })).sellers;
      },
    },
    search: {
      deadlineMs: FACETS_MS,
      fallback: null,
      async load({ wanted, page, isFirst }) {
        if (page.isStandIn) throw new Error('the search is away');
        if (!isFirst || !isPlain(wanted)) return null;
        const counted = await lists.facets(wanted);
        if (counted === undefined) throw new Error('the search did not say by what a list can be narrowed');
        const sellerIds = counted.facets.seller.map(({ value }) => value).slice(0, 100);
        const { sellers } = sellerIds.length === 0 ? { sellers: [] } : answerOf(await ask.sellers({ sellerIds }));
        return { ...counted, sellers };
      },
    },
  };
}

/** Puts a list together. A product that the catalogue did not tell of in time is shown as the search knows it. */
export function presentListing(
  { page, isFirst, categories }: Listed,
  { products, sellers, search: counted }: ListingParts,
  asked: Asked,
  dialect: Dialect,
): JsonObject {
  const byId = new Map(products.map((product) => [product.productId, product]));
  const found = page.hits.map((hit) => {
    const product = byId.get(hit.productId);
    return product === undefined ? cellOfHit(hit, sellers, asked, dialect) : cellOf(product, sellers, asked, dialect);
  });
  const items = [...page.products.map((product) => cellOf(product, sellers, asked, dialect)), ...found];
  const facets = page.facets ?? counted?.facets ?? null;
  const { nextKey, previousKey, before, after } = page;
  return {
    ...dialect.paging.present({ items: items as JsonObject[], nextKey, previousKey, before, after }),
    total: page.total ?? counted?.total ?? null,
    facets:
      isFirst && facets !== null
        ? presentFacets(facets, { categories, sellers: counted?.sellers ?? sellers }, asked.language)
        : null,
  };
}
