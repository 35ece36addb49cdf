import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { CurrencySchema } from '../showing/currency.ts';
import { LANGUAGES, type Language, LanguageSchema } from '../showing/language.ts';
import { keepOf, type PageCache, type RenderedPage, sendable } from '../showing/page-cache.ts';
import { addressOf } from './address.ts';
import type { AnyPage, Asked } from './page.ts';
import { chosenCurrency, preferencesOf, rememberChoices } from './preferences.ts';
import { sendPage } from './send-page.ts';
import type { ShellPipeline } from './shell.ts';
import type { Storefront } from './storefront.ts';

export interface PageSite {
  readonly storefront: Storefront;
  /** The shop's public address, without a slash at the end. */
  readonly origin: string;
  readonly shell: Pick<ShellPipeline, 'gather'>;
  readonly cache: PageCache;
}

/** A page in every language: as a document at its address, and its data at the same address under `/web/v1`. */
export function pageRoutes(page: AnyPage, { storefront, origin, shell, cache }: PageSite): HttpRoutes {
  const { name, path, summary, params, query, view, personal = false } = page;
  const questions = Object.keys(query.properties);
  const isSecure = origin.startsWith('https:');

  async function render(asked: Asked, address: string): Promise<RenderedPage> {
    const [content, frame] = await Promise.all([page.gather(asked as never), shell.gather(asked)]);
    const { language, currency } = asked;
    const html = storefront.render({
      page: name,
      ...{ language, currency, origin, path: address, shell: frame.view, view: content.view },
    });
    return { text: html, tags: [...content.tags, ...frame.tags], keep: keepOf(content, frame) };
  }

  function documentIn(language: Language) {
    return (request: FastifyRequest, reply: FastifyReply) => {
      if (request.validationError) throw addressProblem(request.validationError);
      const asked = askedBy(request, language);
      rememberChoices(request, reply, asked, isSecure);
      const address = addressOf(request.url, language, questions);
      const page = personal
        ? render(asked, address).then(({ text }) => sendable(text, false))
        : cache.get(`${name} ${language} ${asked.currency} ${address}`, () => render(asked, address));
      return page instanceof Promise
        ? page.then((made) => sendPage(request, reply, made, language))
        : sendPage(request, reply, page, language);
    };
  }

  return (http) => {
    const schema = { hide: true, params, querystring: withCurrency(query, Type.String({ maxLength: 20 })) };
    for (const language of LANGUAGES)
      http.get(`/${language}${path}`, { schema, attachValidation: true }, documentIn(language));

    http.get(
      `/web/v1/:lang${path}`,
      {
        schema: {
          tags: [name],
          summary,
          params: Type.Object({ lang: LanguageSchema, ...params.properties }),
          querystring: withCurrency(query),
          response: { 200: view },
        },
      },
      async (request, reply) => {
        const { lang } = request.params as { lang: Language };
        reply.header('cache-control', personal ? 'no-store' : 'no-cache').header('vary', 'cookie');
        return (await page.gather(askedBy(request, lang) as never)).view;
      },
    );
  };
}

/** What a request asks a page for: in the currency that its address, else its cookie names. */
export function askedBy(request: FastifyRequest, language: Language): Asked {
  const query = request.query as { currency?: unknown };
  const currency = chosenCurrency(query.currency, preferencesOf(request), language);
  return { language, currency, params: request.params, query, request };
}

/** A page's questions, and the currency. */
export function withCurrency(query: TObject, currency: typeof CurrencySchema | Type.TString = CurrencySchema): TObject {
  return Type.Object({ ...query.properties, currency: Type.Optional(currency) });
}

/** A page whose name cannot be is a page that is not there. */
function addressProblem(error: NonNullable<FastifyRequest['validationError']>): Error {
  return error.validationContext === 'params' ? new Problem('not_found', 'There is no such page.') : error;
}
