import type { SearchRequest } from '../../../contracts/search.ts';
import type { Columns } from './columns.ts';

/** Which of a query's filters a document fails: none, exactly one, or several. */
export type Filters = (document: number) => number;

export const FITS = -1;
export const FAILS_SEVERAL = -2;
/** The filters by number; those of options follow, in the order of `request.options`. */
export const FILTER = { category: 0, seller: 1, available: 2, price: 3, options: 4 } as const;

/** A filter as a test of a document. */
type Test = (document: number) => boolean;

/** The filters of a query. Answers `FITS`, the number of the only filter that a document fails, or `FAILS_SEVERAL`. */
export function filtersOf(request: SearchRequest, columns: Columns): Filters {
  const tests = testsOf(request, columns);
  if (tests.length === 0) return () => FITS;
  return (document) => {
    let failed = FITS;
    for (const [filter, passes] of tests) {
      if (passes(document)) continue;
      if (failed !== FITS) return FAILS_SEVERAL;
      failed = filter;
    }
    return failed;
  };
}

function testsOf(request: SearchRequest, columns: Columns): readonly (readonly [number, Test])[] {
  const { category, seller, available, priceFrom, priceTo, options = {} } = request;
  const tests: (readonly [number, Test])[] = [];
  if (category !== undefined) {
    const { categoryStart, categories, categoryNames } = columns;
    const wanted = new Set([categoryNames.numberOf(category) ?? -1]);
    tests.push([FILTER.category, holdsOne(categoryStart.values, categories.values, wanted)]);
  }
  if (seller !== undefined) {
    const wanted = columns.sellerNames.numberOf(seller) ?? -1;
    const sellers = columns.seller.values;
    tests.push([FILTER.seller, (document) => sellers[document] === wanted]);
  }
  if (available === true) {
    const levels = columns.availability.values;
    tests.push([FILTER.available, (document) => levels[document] !== 0]);
  }
  if (priceFrom !== undefined || priceTo !== undefined)
    tests.push([FILTER.price, costs(request, columns, priceFrom ?? 0, priceTo ?? Number.POSITIVE_INFINITY)]);
  for (const [index, [name, values]] of Object.entries(options).entries()) {
    const wanted = new Set(values.map((value) => columns.optionValues.numberOf(name, value) ?? -1));
    tests.push([FILTER.options + index, holdsOne(columns.optionStart.values, columns.options.values, wanted)]);
  }
  return tests;
}

/** Whether one of the numbers of a document is wanted. */
function holdsOne(starts: Uint32Array, numbers: Uint32Array, wanted: ReadonlySet<number>): Test {
  return (document) => {
    const to = starts[document + 1] as number;
    for (let at = starts[document] as number; at < to; at++) if (wanted.has(numbers[at] as number)) return true;
    return false;
  };
}

function costs({ currency = '' }: SearchRequest, columns: Columns, from: number, to: number): Test {
  const prices = columns.prices.get(currency)?.values;
  return (document) => {
    const price = prices?.[document] ?? Number.NaN;
    return price >= from && price <= to;
  };
}
