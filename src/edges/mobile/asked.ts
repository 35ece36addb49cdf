import type { FastifyRequest } from 'fastify';
import { type TProperties, Type } from 'typebox';
import { type Currency, CurrencySchema, currencyOf } from '../showing/currency.ts';
import { acceptedLanguage, type Language, LanguageSchema } from '../showing/language.ts';
import { VERSION } from './app-version.ts';
import type { Dialect } from './dialect.ts';
import type { Device } from './pictures.ts';

/** What an app asks a screen for, and what it is shown in. */
export interface Asked<Params = unknown, Query = unknown> {
  readonly language: Language;
  readonly currency: Currency;
  readonly device: Device;
  readonly params: Params;
  readonly query: Query;
  readonly request: FastifyRequest;
}

/** What every address may be asked. */
export const COMMON_QUERY: TProperties = {
  lang: Type.Optional(
    Type.Union(LanguageSchema.anyOf, { description: 'Goes before `Accept-Language`; without both it is `en`.' }),
  ),
  currency: Type.Optional(
    Type.Union(CurrencySchema.anyOf, { description: 'To look around in. Default: KRW in Korean, USD in English.' }),
  ),
};

/** The headers that every request may carry. */
export function commonHeaders({ deviceHeaders }: Dialect): TProperties {
  return {
    'accept-language': Type.Optional(Type.String({ maxLength: 1_000 })),
    'x-app-version': Type.Optional(
      Type.String({
        pattern: VERSION,
        description:
          'Of the app, e.g. `2.4.1`. One that is too old is answered 426; a newer one is told by X-App-Upgrade.',
      }),
    ),
    ...deviceHeaders,
  };
}

/** The language of a request: `lang` of its address, else what `Accept-Language` likes best. */
export function languageOf({ query, headers }: Pick<FastifyRequest, 'query' | 'headers'>): Language {
  const { lang } = (query ?? {}) as { readonly lang?: unknown };
  return lang === 'en' || lang === 'ko' ? lang : acceptedLanguage(headers['accept-language']);
}

/** What a request that fits its schema asks for. */
export function askedBy(request: FastifyRequest, dialect: Dialect): Asked {
  const language = languageOf(request);
  const { currency = currencyOf(language) } = request.query as { readonly currency?: Currency };
  const { params, query } = request;
  return { language, currency, device: dialect.deviceOf(request.headers), params, query, request };
}
