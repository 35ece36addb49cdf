import type { SearchRequest } from '../../../contracts/search.ts';
import { optionKey } from './document.ts';
import type { Query } from './words-query.ts';

/** A filter of a request by what it is about: `options:size` is that of an option. */
export type Filters = ReadonlyMap<string, Query>;

/** What a request filters by; prices without a currency fit nothing. */
export function filtersOf(request: SearchRequest): Filters {
  const { category, seller, available, priceFrom, priceTo, currency, options = {} } = request;
  const filters = new Map<string, Query>();
  if (category !== undefined) filters.set('category', { term: { categoryIds: category } });
  if (seller !== undefined) filters.set('seller', { term: { sellerId: seller } });
  if (available === true) filters.set('available', { range: { availability: { gt: 0 } } });
  if (priceFrom !== undefined || priceTo !== undefined) {
    const bounds = { gte: priceFrom ?? 0, ...(priceTo === undefined ? {} : { lte: priceTo }) };
    filters.set('price', currency === undefined ? { match_none: {} } : { range: { [`prices.${currency}`]: bounds } });
  }
  for (const [name, values] of Object.entries(options))
    filters.set(filterOfOption(name), { terms: { options: values.map((value) => optionKey(name, value)) } });
  return filters;
}

/** How the filter of an option is called. */
export function filterOfOption(name: string): string {
  return `options:${name}`;
}

/** What passes all filters, or all but the one that is named; undefined when there are none. */
export function passing(filters: Filters, but?: string): Query | undefined {
  const all = [...filters].flatMap(([name, filter]) => (name === but ? [] : [filter]));
  return all.length === 0 ? undefined : { bool: { filter: all } };
}
