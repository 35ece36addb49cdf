import { type Static, Type } from 'typebox';
import type { SearchRequest } from '../../../contracts/search.ts';
import { type Currency, isCurrency } from '../../showing/currency.ts';
import { optionsIn } from '../../showing/options.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/**
 * What a list may be asked in its address. All of it is text, as forms send it: what is empty or cannot be understood is ignored,
 * for an address that somebody was sent should show something.
 */
export const LISTING_QUERY = {
  sort: text(20),
  page: text(10),
  seller: text(64),
  available: text(10),
  /** Prices in whole units, as people write them, of the currency `in`. */
  from: text(20),
  to: text(20),
  in: text(3),
  /** `name:value`, as often as there are. */
  option: Type.Optional(Type.Array(Type.String({ maxLength: 301 }), { maxItems: 50 })),
};
export type ListingQuery = { [Name in keyof typeof LISTING_QUERY]?: Static<(typeof LISTING_QUERY)[Name]> };

export const SORTS = ['relevance', 'newest', 'price_asc', 'price_desc'] as const;
export type Sort = (typeof SORTS)[number];
export const PAGE_SIZE = 24;
const LAST_PAGE = 400;

/** What is chosen of a list. Prices in minor units of the shopper's currency. */
export interface Chosen {
  readonly sort: Sort;
  readonly page: number;
  readonly seller: string | undefined;
  readonly available: boolean;
  readonly priceFrom: number | undefined;
  readonly priceTo: number | undefined;
  readonly options: Readonly<Record<string, string[]>>;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}$/;

/** What an address asks of a list in `currency`; prices in another currency than that are forgotten. */
export function chosenIn(query: ListingQuery, currency: Currency, usual: Sort): Chosen {
  const { sort, page, seller, available, option = [], in: pricedIn = currency } = query;
  const isSameMoney = isCurrency(pricedIn) && pricedIn === currency;
  return {
    sort: SORTS.find((each) => each === sort) ?? usual,
    page: Math.min(LAST_PAGE, Math.max(1, Number.parseInt(page ?? '', 10) || 1)),
    seller: seller !== undefined && ID.test(seller) ? seller : undefined,
    available: available !== undefined && available !== '' && available !== '0',
    priceFrom: isSameMoney ? minorUnits(query.from, currency) : undefined,
    priceTo: isSameMoney ? minorUnits(query.to, currency) : undefined,
    options: optionsIn(option),
  };
}

/** What the search is asked for it. */
export function searchRequest(q: string, category: string | undefined, chosen: Chosen, currency: Currency) {
  const { sort, page, seller, available, priceFrom, priceTo, options } = chosen;
  const request: SearchRequest = { q, currency, sort, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  if (category !== undefined) request.category = category;
  if (seller !== undefined) request.seller = seller;
  if (available) request.available = true;
  if (priceFrom !== undefined) request.priceFrom = priceFrom;
  if (priceTo !== undefined) request.priceTo = priceTo;
  if (Object.keys(options).length > 0) request.options = options;
  return request;
}

/** `12.50` → 1250 for money with two digits; undefined for what is no amount. */
function minorUnits(text: string | undefined, currency: Currency): number | undefined {
  const amount = /^\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text ?? '');
  if (amount === null) return undefined;
  const [, whole = '', part = ''] = amount;
  const digits = currency === 'KRW' ? 0 : 2;
  return Math.min(1_000_000_000, Number(whole) * 10 ** digits + Number(part.padEnd(2, '0').slice(0, digits)));
}
