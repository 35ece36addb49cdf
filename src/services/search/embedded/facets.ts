import type { SearchAnswer, SearchRequest } from '../../../contracts/search.ts';
import { AVAILABILITY, type Columns } from './columns.ts';
import { FILTER, FITS } from './filters.ts';

const MOST_VALUES = 100;
const MOST_OPTIONS = 20;

/** Counts what there is to choose from. */
export interface Facets {
  /** A document that fails no filter (`FITS`) or only this one; a facet counts what its own filter would leave. */
  count(document: number, failed: number): void;
  read(): SearchAnswer['facets'];
}

/** Counts from zero for one request, over the documents that the columns hold. */
export function countFacets({ currency, options = {} }: SearchRequest, columns: Columns): Facets {
  const { optionValues } = columns;
  const [categoryStart, categories] = [columns.categoryStart.values, columns.categories.values];
  const [optionStart, optionNumbers] = [columns.optionStart.values, columns.options.values];
  const [sellers, levels] = [columns.seller.values, columns.availability.values];
  const categoryCounts = new Uint32Array(columns.categoryNames.all.length);
  const sellerCounts = new Uint32Array(columns.sellerNames.all.length);
  const availabilityCounts = new Uint32Array(AVAILABILITY.length);
  const optionCounts = new Uint32Array(optionValues.all.length);
  const chosenOptions = Object.keys(options);
  const prices = currency === undefined ? undefined : columns.prices.get(currency)?.values;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;

  return {
    count(document, failed) {
      const all = failed === FITS;
      if (all || failed === FILTER.category) countIn(categoryCounts, categoryStart, categories, document);
      if (all || failed === FILTER.seller) addOne(sellerCounts, sellers[document] as number);
      if (all || failed === FILTER.available) addOne(availabilityCounts, levels[document] as number);
      if (all) countIn(optionCounts, optionStart, optionNumbers, document);
      else if (failed >= FILTER.options) countOption(document, chosenOptions[failed - FILTER.options]);
      if (prices !== undefined && (all || failed === FILTER.price)) {
        const price = prices[document] as number;
        if (price < lowest) lowest = price;
        if (price > highest) highest = price;
      }
    },
    read: () => ({
      category: facetOf(columns.categoryNames.all, categoryCounts),
      seller: facetOf(columns.sellerNames.all, sellerCounts),
      availability: AVAILABILITY.map((value, index) => ({ value, count: availabilityCounts[index] as number })).filter(
        ({ count }) => count > 0,
      ),
      options: optionFacets(optionValues, optionCounts),
      price: currency === undefined || lowest > highest ? null : { currency, lowest, highest },
    }),
  };

  function countOption(document: number, name: string | undefined): void {
    const to = optionStart[document + 1] as number;
    for (let at = optionStart[document] as number; at < to; at++) {
      const option = optionNumbers[at] as number;
      if (optionValues.all[option]?.name === name) addOne(optionCounts, option);
    }
  }
}

function addOne(counts: Uint32Array, number: number): void {
  counts[number] = (counts[number] as number) + 1;
}

function countIn(counts: Uint32Array, starts: Uint32Array, numbers: Uint32Array, document: number): void {
  const to = starts[document + 1] as number;
  for (let at = starts[document] as number; at < to; at++) addOne(counts, numbers[at] as number);
}

type Counted = { value: string; count: number };

function facetOf(names: readonly string[], counts: Uint32Array): Counted[] {
  const counted = names
    .map((value, number) => ({ value, count: counts[number] ?? 0 }))
    .filter(({ count }) => count > 0);
  counted.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return counted.slice(0, MOST_VALUES);
}

function optionFacets({ all }: Columns['optionValues'], counts: Uint32Array): { name: string; values: Counted[] }[] {
  const byName = new Map<string, Counted[]>();
  for (const [number, { name, value }] of all.entries()) {
    const count = counts[number] ?? 0;
    if (count === 0) continue;
    const values = byName.get(name) ?? [];
    values.push({ value, count });
    byName.set(name, values);
  }
  const sum = (values: readonly Counted[]) => values.reduce((total, { count }) => total + count, 0);
  return Array.from(byName, ([name, values]) => ({
    name,
    values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, MOST_VALUES),
  }))
    .sort((a, b) => sum(b.values) - sum(a.values) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_OPTIONS);
}
