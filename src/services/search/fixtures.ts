import type { SearchAnswer, SearchRequest } from '../../contracts/search.ts';
import type { IndexEntry, IndexSource, SearchIndex, SkuAvailability } from './port.ts';

/** Opens an index for a suite; the suite closes it. */
export type OpenIndex = () => Promise<SearchIndex>;

/** What the tests of the search speak of. */
export function entry(productId: string, changes: Partial<IndexEntry> = {}): IndexEntry {
  return {
    productId,
    version: 1,
    sellerId: 'pottery',
    categoryIds: ['cups'],
    title: { en: productId },
    description: {},
    words: [],
    skus: [`SKU-${productId}`],
    prices: { GBP: 1_000 },
    addedAt: 1,
    ...changes,
  };
}

export function asked(q: string, changes: Partial<SearchRequest> = {}): SearchRequest {
  return { q, limit: 20, offset: 0, ...changes };
}

export function idsOf({ hits }: Pick<SearchAnswer, 'hits'>): string[] {
  return hits.map(({ productId }) => productId);
}

/** What an index is filled from, each item a part of its own. */
export function sourceOf(entries: readonly IndexEntry[], availability: readonly SkuAvailability[] = []): IndexSource {
  return { entries: parts(entries), availability: parts(availability) };
}

async function* parts<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (const item of items) yield [item];
}
