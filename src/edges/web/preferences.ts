import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Currency, currencyOf, isCurrency } from '../showing/currency.ts';
import { isLanguage, type Language } from '../showing/language.ts';

const YEAR_S = 365 * 24 * 3_600;

/** What a shopper has chosen before; not signed, for it is nobody's secret. */
export interface Preferences {
  readonly language: Language | undefined;
  readonly currency: Currency | undefined;
}

/** What the cookies of a request say; what we do not have is undefined. */
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

/** Remembers the language of the page and the currency that its address asks for, where they are new. */
export function rememberChoices(
  request: FastifyRequest,
  reply: FastifyReply,
  { language, currency }: { readonly language: Language; readonly currency: Currency },
  isSecure: boolean,
): void {
  const before = preferencesOf(request);
  if (before.language !== language) reply.header('set-cookie', cookie('lang', language, isSecure));
  const { currency: asked } = request.query as { readonly currency?: unknown };
  if (asked === currency && before.currency !== currency)
    reply.header('set-cookie', cookie('currency', currency, isSecure));
}

const made = new Map<string, string>();

/** There are only a few, and every first visit needs one. */
function cookie(name: string, value: string, secure: boolean): string {
  const key = `${name} ${value} ${secure}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const written = stringifySetCookie({
    ...{ name, value, secure },
    ...{ path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true },
  });
  made.set(key, written);
  return written;
}
