import type { SearchAnswer, SearchRequest } from '../../../contracts/search.ts';
import { keepBest } from './best.ts';
import { AVAILABILITY, type Columns, type Names } from './columns.ts';
import type { Matches } from './matching.ts';

const MOST_FACETS = 100;

/**
 * Filters, counts and ranks. A facet counts what its own filter would leave to choose from: sellers are counted within the
 * chosen category, categories within the chosen seller.
 */
export function answerOf(
  { category, seller, limit, offset, ...request }: SearchRequest,
  columns: Columns,
  matches: Matches | undefined,
): SearchAnswer {
  const wantedSeller = seller === undefined ? undefined : (columns.sellerNames.numberOf(seller) ?? -1);
  const wantedCategory = category === undefined ? undefined : (columns.categoryNames.numberOf(category) ?? -1);
  const categoryCounts = new Uint32Array(columns.categoryNames.all.length);
  const sellerCounts = new Uint32Array(columns.sellerNames.all.length);
  const availabilityCounts = new Uint32Array(AVAILABILITY.length);
  const best = keepBest(offset + limit);
  const rankOf = rankBy(request, columns, matches);
  const { live, seller: sellers, categories, categoryStart, availability } = valuesOf(columns);
  let total = 0;

  function take(document: number): void {
    if (live[document] === 0) return;
    const from = categoryStart[document] as number;
    const to = categoryStart[document + 1] as number;
    const sellerFits = wantedSeller === undefined || sellers[document] === wantedSeller;
    let categoryFits = wantedCategory === undefined;
    for (let at = from; at < to; at++) {
      const each = categories[at] as number;
      if (each === wantedCategory) categoryFits = true;
      if (sellerFits) categoryCounts[each] = (categoryCounts[each] as number) + 1;
    }
    if (!categoryFits) return;
    const owner = sellers[document] as number;
    sellerCounts[owner] = (sellerCounts[owner] as number) + 1;
    if (!sellerFits) return;
    const stock = availability[document] as number;
    availabilityCounts[stock] = (availabilityCounts[stock] as number) + 1;
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
    facets: {
      category: facetOf(columns.categoryNames, categoryCounts),
      seller: facetOf(columns.sellerNames, sellerCounts),
      availability: AVAILABILITY.map((value, index) => ({ value, count: availabilityCounts[index] as number })).filter(
        ({ count }) => count > 0,
      ),
    },
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

function valuesOf(columns: Columns) {
  return {
    live: columns.live.values,
    seller: columns.seller.values,
    categories: columns.categories.values,
    categoryStart: columns.categoryStart.values,
    availability: columns.availability.values,
  };
}

function facetOf({ all }: Names, counts: Uint32Array): { value: string; count: number }[] {
  const counted = all.map((value, number) => ({ value, count: counts[number] ?? 0 })).filter(({ count }) => count > 0);
  counted.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return counted.slice(0, MOST_FACETS);
}
