import { type Static, Type } from 'typebox';
import { Money } from '../../contracts/shapes.ts';
import type { Language } from './language.ts';

export const CurrencySchema = Type.Union([
  Type.Literal('KRW'),
  Type.Literal('USD'),
  Type.Literal('EUR'),
  Type.Literal('GBP'),
]);
export type Currency = Static<typeof CurrencySchema>;
/** In which currencies one can look around. */
export const CURRENCIES: readonly Currency[] = ['KRW', 'USD', 'EUR', 'GBP'];

export const PriceSchema = Type.Union([Money, Type.Null()]);
export type Price = Static<typeof PriceSchema>;

/** Whether one can look around in it. */
export function isCurrency(text: unknown): text is Currency {
  return CURRENCIES.some((each) => each === text);
}

/** The currency of who has not chosen one. */
export function currencyOf(language: Language): Currency {
  return language === 'ko' ? 'KRW' : 'USD';
}

/** The price in a currency, null where there is none. */
export function priceIn(prices: Readonly<Record<string, number>>, currency: Currency): Price {
  const amount = prices[currency];
  return amount === undefined ? null : { amount, currency };
}
