import type { SearchRequest } from '../../contracts/search.ts';
import type { IndexEntry } from './port.ts';

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
