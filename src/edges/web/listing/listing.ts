import { catalog, type ProductOnSale, type Seller } from '../../../contracts/catalog.ts';
import { type SearchAnswer, type SearchRequest, search } from '../../../contracts/search.ts';
import { sleep } from '../../../platform/clock/port.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import type { Part } from '../../showing/pipeline.ts';
import type { WebParts } from '../parts.ts';

const SEARCH_MS = 800;
const COMPANY_MS = 400;

/** What a list holds. Without `facets` the search did not answer: the catalogue's own list stands in, which cannot be narrowed. */
export interface Listed {
  readonly productIds: readonly string[];
  readonly hits: SearchAnswer['hits'];
  readonly total: number;
  readonly facets: SearchAnswer['facets'] | null;
}

export interface ListingParts {
  readonly products: readonly ProductOnSale[];
  readonly sellers: readonly Seller[];
}

/** Answers queries by the search; when it fails or is late, with the newest of the category. Throws when neither answers. */
export function lists({ client, clock, logger }: Pick<WebParts, 'client' | 'clock' | 'logger'>) {
  const ask = { search: client(search), catalog: client(catalog) };

  async function searched(request: SearchRequest): Promise<Listed | undefined> {
    const late = sleep(clock, SEARCH_MS).then(() => undefined);
    const outcome = await Promise.race([ask.search.search(request, { timeoutMs: SEARCH_MS }), late]);
    if (outcome?.kind !== 'done') return undefined;
    const { hits, total, facets } = outcome.answer;
    return { productIds: hits.map(({ productId }) => productId), hits, total, facets };
  }

  async function newest({ category, seller, limit }: SearchRequest): Promise<Listed> {
    const where = { ...(category !== undefined && { category }), ...(seller !== undefined && { seller }) };
    const { products } = answerOf(await ask.catalog.newest({ limit, ...where }));
    return { productIds: products.map(({ productId }) => productId), hits: [], total: products.length, facets: null };
  }

  return async (request: SearchRequest, standIn: 'newest' | 'none'): Promise<Listed> => {
    const found = await searched(request).catch((error: unknown) => {
      logger.warn({ err: error }, 'the search of a list failed');
      return undefined;
    });
    if (found !== undefined) return found;
    return standIn === 'newest' ? newest(request) : { productIds: [], hits: [], total: 0, facets: null };
  };
}

/** What is gathered around a list: its products as they are now, and the names of the sellers. */
export function listingParts<Found extends { readonly listed: Listed }, Asked>({
  client,
}: Pick<WebParts, 'client'>): { readonly [Name in keyof ListingParts]: Part<Found, Asked, ListingParts[Name]> } {
  const ask = client(catalog);
  return {
    products: {
      deadlineMs: COMPANY_MS,
      fallback: [],
      load: async ({ listed: { productIds } }) =>
        productIds.length === 0 ? [] : answerOf(await ask.products({ productIds: [...productIds] })).products,
    },
    sellers: {
      deadlineMs: COMPANY_MS,
      fallback: [],
      async load({ listed: { hits, facets } }) {
        const known = facets?.seller.map(({ value }) => value) ?? [];
        const sellerIds = [...new Set([...hits.map(({ sellerId }) => sellerId), ...known])].slice(0, 100);
        return sellerIds.length === 0 ? [] : answerOf(await ask.sellers({ sellerIds })).sellers;
      },
    },
  };
}
