import type { Currency } from './currency.ts';
import type { Language } from './language.ts';

/** Where the shop sends parcels: ISO 3166-1 alpha-2. */
const CODES = [
  ...['AT', 'AU', 'BE', 'BR', 'CA', 'CH', 'CN', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HK', 'HU', 'ID'],
  ...['IE', 'IL', 'IN', 'IS', 'IT', 'JP', 'KR', 'LT', 'LU', 'LV', 'MX', 'MY', 'NL', 'NO', 'NZ', 'PH', 'PL', 'PT', 'RO'],
  ...['SE', 'SG', 'SI', 'SK', 'TH', 'TW', 'US', 'VN', 'ZA'],
];

const HOME: Readonly<Record<Currency, string>> = { KRW: 'KR', USD: 'US', EUR: 'DE', GBP: 'GB' };

export interface NamedCountry {
  readonly code: string;
  readonly name: string;
}

const known = new Map<Language, readonly NamedCountry[]>();

/** The countries in a language, by name. */
export function countriesIn(language: Language): readonly NamedCountry[] {
  const before = known.get(language);
  if (before !== undefined) return before;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const sorting = new Intl.Collator(language);
  const countries = CODES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
    sorting.compare(a.name, b.name),
  );
  known.set(language, countries);
  return countries;
}

/** Whether the shop sends there. */
export function isCountry(code: unknown): code is string {
  return typeof code === 'string' && CODES.includes(code);
}

/** Where somebody who has not said so most likely lives. */
export function likelyCountry(language: Language, currency: string): string {
  if (language === 'ko') return 'KR';
  return HOME[currency as Currency] ?? 'GB';
}
