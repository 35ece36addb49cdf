import { Type } from 'typebox';
import { Money } from '../../contracts/shapes.ts';
import type { Language } from '../showing/language.ts';

/** An amount to reckon with, and the text to show. */
export const Price = Type.Object(
  {
    ...Money.properties,
    formatted: Type.String({ description: 'As people of the asked language write it.' }),
  },
  { title: 'Price' },
);
export const NoPrice = Type.Union([Price, Type.Null()]);

const formats = new Map<string, { readonly format: Intl.NumberFormat; readonly minor: number }>();

/** An amount in minor units, raw and as text. */
export function priceOf({ amount, currency }: Money, language: Language) {
  const key = `${language} ${currency}`;
  let known = formats.get(key);
  if (known === undefined) {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency });
    known = { format, minor: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2) };
    formats.set(key, known);
  }
  return { amount, currency, formatted: known.format.format(amount / known.minor) };
}

/** The same of what may be missing. */
export function noPriceOf(money: Money | null | undefined, language: Language) {
  return money === null || money === undefined ? null : priceOf(money, language);
}
