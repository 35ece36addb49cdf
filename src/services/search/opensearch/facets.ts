import type { SearchAnswer, SearchRequest } from '../../../contracts/search.ts';
import { optionOf } from './document.ts';
import { type Filters, filterOfOption, passing } from './filters.ts';
import { availabilityOf } from './levels.ts';
import type { Query } from './words-query.ts';

const MOST_VALUES = 100;
const MOST_OPTIONS = 20;
/** Name and value of an option are one keyword: enough of them, that the values of the options told are complete. */
const MOST_OPTION_KEYS = 5_000;

const BY_COUNT = [{ _count: 'desc' }, { _key: 'asc' }];
const terms = (field: string, size: number) => ({ terms: { field, size, order: BY_COUNT } });

/** Aggregations: a facet counts what its own filter would leave to choose from. */
export function facetQueries({ currency, options = {} }: SearchRequest, filters: Filters): Query {
  const counted = (aggregation: object, own?: string) => ({
    filter: passing(filters, own) ?? { match_all: {} },
    aggs: { value: aggregation },
  });
  const chosen = Object.keys(options).map((name, at) => [
    `option_${at}`,
    counted(terms('options', MOST_OPTION_KEYS), filterOfOption(name)),
  ]);
  const priced = (kind: 'min' | 'max') => counted({ [kind]: { field: `prices.${currency}` } }, 'price');
  return {
    category: counted(terms('categoryIds', MOST_VALUES), 'category'),
    seller: counted(terms('sellerId', MOST_VALUES), 'seller'),
    availability: counted(terms('availability', 3), 'available'),
    options: counted(terms('options', MOST_OPTION_KEYS)),
    ...Object.fromEntries(chosen),
    ...(currency === undefined ? {} : { lowest: priced('min'), highest: priced('max') }),
  };
}

interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
}
export type Aggregations = Readonly<
  Record<string, { readonly value?: { readonly buckets?: readonly Bucket[]; readonly value?: number | null } }>
>;

/** The facets that the aggregations come to. */
export function facetsIn({ currency, options = {} }: SearchRequest, found: Aggregations): SearchAnswer['facets'] {
  const buckets = (name: string) => found[name]?.value?.buckets ?? [];
  const facet = (name: string) => buckets(name).map(({ key, doc_count }) => ({ value: String(key), count: doc_count }));
  const levels = [...buckets('availability')].sort((a, b) => Number(a.key) - Number(b.key));
  const lowest = found.lowest?.value?.value;
  const highest = found.highest?.value?.value;
  const priced = currency !== undefined && typeof lowest === 'number' && typeof highest === 'number';
  return {
    category: facet('category'),
    seller: facet('seller'),
    availability: levels.map(({ key, doc_count }) => ({ value: availabilityOf(Number(key)), count: doc_count })),
    options: optionFacets(buckets, Object.keys(options)),
    price: priced ? { currency, lowest, highest } : null,
  };
}

function optionFacets(buckets: (name: string) => readonly Bucket[], chosen: readonly string[]) {
  const byName = new Map<string, { value: string; count: number }[]>();
  const add = (from: string, wanted: (name: string) => boolean) => {
    for (const { key, doc_count } of buckets(from)) {
      const { name, value } = optionOf(String(key));
      if (wanted(name)) byName.set(name, [...(byName.get(name) ?? []), { value, count: doc_count }]);
    }
  };
  add('options', (name) => !chosen.includes(name));
  for (const [at, own] of chosen.entries()) add(`option_${at}`, (name) => name === own);
  const sum = (values: readonly { count: number }[]) => values.reduce((total, { count }) => total + count, 0);
  return Array.from(byName, ([name, values]) => ({ name, values: values.slice(0, MOST_VALUES) }))
    .sort((a, b) => sum(b.values) - sum(a.values) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_OPTIONS);
}
