import { decimalMoney, formatMoney } from '../../design/money.ts';
import type { Words } from '../words/words.ts';
import { addressWith, addressWithout } from './address.ts';
import type { ListingView } from './view.ts';

/** A filter that is on, in words, and the address without it. */
export interface ChosenFilter {
  readonly name: string;
  readonly without: string;
}

/** The filters that are on, in the order of the form. */
export function chosenFilters(listing: ListingView, path: string, words: Words, language: string): ChosenFilter[] {
  const { from, to, facets, available } = listing;
  const chosen: ChosenFilter[] = [];
  if (available)
    chosen.push({ name: words.browse.availableOnly, without: addressWith(path, { available: undefined }) });
  const low = from && formatMoney(from, language);
  const high = to && formatMoney(to, language);
  if (low !== null || high !== null)
    chosen.push({
      name:
        low === null
          ? words.browse.priceBelow(high ?? '')
          : high === null
            ? words.browse.priceAbove(low)
            : words.browse.priceBetween(low, high),
      without: addressWith(path, { from: undefined, to: undefined, in: undefined }),
    });
  for (const { name, values } of facets?.options ?? [])
    for (const { value, isChosen } of values)
      if (isChosen)
        chosen.push({
          name: words.options.value(value),
          without: addressWithout(path, 'option', `${name}:${value}`),
        });
  for (const { name, isChosen } of facets?.sellers ?? [])
    if (isChosen) chosen.push({ name, without: addressWith(path, { seller: undefined }) });
  return chosen;
}

/** The address without any filter; sorting and words stay. */
export function withoutFilters(path: string): string {
  return addressWith(path, {
    available: undefined,
    from: undefined,
    to: undefined,
    in: undefined,
    option: [],
    seller: undefined,
  });
}

/** An amount as it stands in a field: `12.5` rather than `12.50`, nothing for none. */
export function amountField(money: ListingView['from']): string {
  return money === null ? '' : decimalMoney(money).replace(/\.00$/, '');
}
