import type { FastifyRequest } from 'fastify';
import { wantsPage } from '../../platform/http/page.ts';
import type { ProblemPage } from '../../platform/http/problem-answers.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import { CURRENCIES } from '../showing/currency.ts';
import { acceptedLanguage, isLanguage, type Language } from '../showing/language.ts';
import { addressOf } from './address.ts';
import { PAGE_HEADERS } from './headers.ts';
import { chosenCurrency, preferencesOf } from './preferences.ts';
import type { Shell, ShellPipeline } from './shell.ts';
import type { Storefront } from './storefront.ts';

interface ProblemSite {
  readonly storefront: Storefront;
  readonly origin: string;
  readonly shell: Pick<ShellPipeline, 'last'>;
  readonly logger: Logger;
}

/** What speaks to programs, or has pages of its own. */
const NOT_OURS = /^\/(v1|web|console|docs|openapi|problems|health|metrics|assets|images)(\/|\.|$)/;

/** Problems as pages of the storefront, in the shopper's language, for whoever asked for a page. */
export function problemPageOf({ storefront, origin, shell, logger }: ProblemSite): ProblemPage {
  return ({ status }, request) => {
    if (!wantsPage(request) || NOT_OURS.test(request.url) || !READS.includes(request.method)) return undefined;
    const language = languageOf(request);
    try {
      const body = storefront.render({
        page: 'error',
        ...{ language, origin, currency: chosenCurrency(undefined, preferencesOf(request), language) },
        path: pathOf(request.url, language),
        shell: shell.last(language) ?? ({ categories: [], currencies: [...CURRENCIES] } satisfies Shell),
        view: { status, requestId: request.id },
      });
      return { body, headers: PAGE_HEADERS[language] };
    } catch (error) {
      logger.error({ err: error }, 'a problem could not be shown as a page');
      return undefined;
    }
  };
}

const READS: readonly string[] = ['GET', 'HEAD'];

function languageOf(request: FastifyRequest): Language {
  const [, first] = request.url.split(/[/?]/);
  if (isLanguage(first)) return first;
  return preferencesOf(request).language ?? acceptedLanguage(request.headers['accept-language']);
}

/** Where the other language's link leads: the same address, or the front page from what lies outside the storefront. */
function pathOf(url: string, language: Language): string {
  return url.startsWith(`/${language}/`) ? addressOf(url, language, []) : '/';
}
