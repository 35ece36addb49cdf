import type { SearchAnswer, SearchRequest } from '../../../contracts/search.ts';
import { keepBest } from './best.ts';
import { AVAILABILITY, type Columns } from './columns.ts';
import { countFacets } from './facets.ts';
import { FAILS_SEVERAL, FITS, filtersOf } from './filters.ts';
import type { Matches } from './matching.ts';

/**
 * Filters, counts and ranks. A facet counts what its own filter would leave to choose from: sellers are counted within the
 * chosen category, categories within the chosen seller.
 */
export function answerOf(request: SearchRequest, columns: Columns, matches: Matches | undefined): SearchAnswer {
  const { limit, offset } = request;
  const best = keepBest(offset + limit);
  const rankOf = rankBy(request, columns, matches);
  const filters = filtersOf(request, columns);
  const facets = countFacets(request, columns);
  const live = columns.live.values;
  const availability = columns.availability.values;
  let total = 0;

  function take(document: number): void {
    if (live[document] === 0) return;
    const failed = filters(document);
    if (failed === FAILS_SEVERAL) return;
    facets.count(document, failed);
    if (failed !== FITS) return;
    total++;
    best.offer(document, rankOf(document));
  }

  // Newest first: the best are then among the first, and the rest is turned away with one comparison.
  const documents = matches?.documents;
  for (let at = (documents?.length ?? columns.length) - 1; at >= 0; at--) take(documents?.[at] ?? at);

  return {
    hits: best
      .take()
      .slice(offset)
      .map((document) => ({
        ...JSON.parse(columns.shown[document] as string),
        availability: AVAILABILITY[availability[document] as number],
      })),
    total,
    facets: facets.read(),
  };
}

/** Higher is better. A product without a price in the currency comes last; without words the newest come first. */
function rankBy(
  { sort = 'relevance', currency }: Pick<SearchRequest, 'sort' | 'currency'>,
  columns: Columns,
  matches: Matches | undefined,
): (document: number) => number {
  if (sort === 'price_asc' || sort === 'price_desc') {
    const prices = columns.prices.get(currency ?? '')?.values;
    const sign = sort === 'price_asc' ? -1 : 1;
    return (document) => {
      const price = prices?.[document] ?? Number.NaN;
      return Number.isNaN(price) ? Number.NEGATIVE_INFINITY : sign * price;
    };
  }
  const addedAt = columns.addedAt.values;
  if (sort === 'newest' || matches === undefined) return (document) => addedAt[document] as number;
  return (document) => matches.scores[document] as number;
}
