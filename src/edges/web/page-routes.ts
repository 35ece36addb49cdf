import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { CurrencySchema } from './currency.ts';
import { PAGE_HEADERS } from './headers.ts';
import { LANGUAGES, type Language, LanguageSchema } from './language.ts';
import type { AnyPage, Asked } from './page.ts';
import type { Gathered } from './pipeline.ts';
import { choiceCookie, chosenCurrency, preferencesOf } from './preferences.ts';
import type { Shell } from './shell.ts';
import type { Storefront } from './storefront.ts';

export interface PageSite {
  readonly storefront: Storefront;
  /** The shop's public address, without a slash at the end. */
  readonly origin: string;
  readonly shell: (asked: Asked) => Promise<Gathered<Shell>>;
}

/** A page in every language: as a document at its address, and its data at the same address under `/web/v1`. */
export function pageRoutes(page: AnyPage, { storefront, origin, shell }: PageSite): HttpRoutes {
  const { name, path, summary, params, query, view } = page;
  const querystring = withCurrency(query);
  const secure = origin.startsWith('https:');

  async function documentOf(asked: Asked, address: string): Promise<string> {
    const [content, frame] = await Promise.all([page.gather(asked as never), shell(asked)]);
    const { language, currency } = asked;
    return storefront.render({
      page: name,
      ...{ language, currency, origin, path: address, shell: frame.view, view: content.view },
    });
  }

  return (http) => {
    for (const language of LANGUAGES) {
      http.get(
        `/${language}${path === '/' ? '/' : path}`,
        { schema: { hide: true, params, querystring } },
        async (request: FastifyRequest, reply: FastifyReply) => {
          const asked = askedBy(request, language);
          const preferences = preferencesOf(request);
          if (preferences.language !== language) reply.header('set-cookie', choiceCookie('lang', language, secure));
          if (asked.currency !== preferences.currency && 'currency' in (request.query as object))
            reply.header('set-cookie', choiceCookie('currency', asked.currency, secure));
          return reply
            .headers(PAGE_HEADERS)
            .headers({ 'content-language': language, 'cache-control': 'no-cache', vary: 'cookie, accept-encoding' })
            .send(await documentOf(asked, addressOf(request.url, language)));
        },
      );
    }

    http.get(
      `/web/v1/:lang${path}`,
      {
        schema: {
          tags: [name],
          summary,
          params: Type.Object({ lang: LanguageSchema, ...params.properties }),
          querystring,
          response: { 200: view },
        },
      },
      async (request, reply) => {
        const { lang } = request.params as { lang: Language };
        reply.header('cache-control', 'no-cache').header('vary', 'cookie');
        return (await page.gather(askedBy(request, lang) as never)).view;
      },
    );
  };
}

export function askedBy(request: FastifyRequest, language: Language): Asked {
  const query = request.query as { currency?: unknown };
  const currency = chosenCurrency(query.currency, preferencesOf(request), language);
  return { language, currency, params: request.params, query };
}

export function withCurrency(query: TObject): TObject {
  return Type.Object({ ...query.properties, currency: Type.Optional(CurrencySchema) });
}

/** The address after `/{language}`, with its query but without the currency. */
function addressOf(url: string, language: Language): string {
  const [path = '/', query = ''] = url.slice(language.length + 1).split('?');
  const kept = new URLSearchParams(query);
  kept.delete('currency');
  return kept.size === 0 ? path : `${path}?${kept}`;
}
