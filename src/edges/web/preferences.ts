import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { type Currency, currencyOf, isCurrency } from './currency.ts';
import { isLanguage, type Language } from './language.ts';

const YEAR_S = 365 * 24 * 3_600;

/** What a shopper has chosen before; not signed, for it is nobody's secret. */
export interface Preferences {
  readonly language: Language | undefined;
  readonly currency: Currency | undefined;
}

export function preferencesOf({ headers: { cookie } }: Pick<FastifyRequest, 'headers'>): Preferences {
  if (cookie === undefined) return NONE;
  const { lang, currency } = parseCookie(cookie);
  return { language: isLanguage(lang) ? lang : undefined, currency: isCurrency(currency) ? currency : undefined };
}

const NONE: Preferences = { language: undefined, currency: undefined };

/** The currency of a page: what its address says, what was chosen before, or that of its language. */
export function chosenCurrency(asked: unknown, { currency }: Preferences, language: Language): Currency {
  return isCurrency(asked) ? asked : (currency ?? currencyOf(language));
}

/** A cookie that remembers a choice for a year. */
export function choiceCookie(name: 'lang' | 'currency', value: string, secure: boolean): string {
  return stringifySetCookie({ name, value, path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true, secure });
}
