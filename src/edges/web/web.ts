import { Type } from 'typebox';
import { ownDocument } from '../../platform/http/own-document.ts';
import type { Capabilities, HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import type { ProblemCatalogue, ProblemPage } from '../../platform/http/problem-answers.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { acceptedLanguage, type Language, LanguageSchema } from '../showing/language.ts';
import { pageCache, watchPageCache } from '../showing/page-cache.ts';
import { assetRoutes } from './asset-routes.ts';
import { cartPage } from './cart/cart.page.ts';
import { cartForms } from './cart/cart-forms.ts';
import { cartRoutes } from './cart/cart-routes.ts';
import { rememberSeen } from './cart/seen-cart.ts';
import { categoryPage } from './category/category.page.ts';
import { checkoutPage } from './checkout/checkout.page.ts';
import { checkoutForms } from './checkout/checkout-forms.ts';
import { checkoutRoutes } from './checkout/checkout-routes.ts';
import { homePage } from './home/home.page.ts';
import { orderPage } from './orders/order.page.ts';
import { orderEvents } from './orders/order-events.ts';
import { ordersPage } from './orders/orders.page.ts';
import type { AnyPage } from './page.ts';
import { askedBy, pageRoutes, withCurrency } from './page-routes.ts';
import type { WebParts } from './parts.ts';
import { preferencesOf } from './preferences.ts';
import { problemPageOf } from './problem-page.ts';
import { productPage } from './product/product.page.ts';
import { searchPage } from './search/search.page.ts';
import { suggestionRoutes } from './search/suggestion-routes.ts';
import { shopperSessions } from './session.ts';
import { Shell, shellPipeline } from './shell.ts';
import { sitemapRoutes } from './sitemap.ts';
import type { Storefront } from './storefront.ts';
import { guardWrites } from './write-guard.ts';

export interface WebSettings extends Omit<WebParts, 'sessions'> {
  readonly capabilities: Capabilities;
  readonly storefront: Storefront;
  /** The shop's public address, without a slash at the end. */
  readonly origin: string;
  readonly version: string;
  readonly problems: ProblemCatalogue;
  readonly metrics: Pick<Metrics, 'watch'>;
}

/** Every page of the storefront. */
const pages: readonly ((parts: WebParts) => AnyPage)[] = [
  homePage,
  categoryPage,
  searchPage,
  productPage,
  cartPage,
  checkoutPage,
  orderPage,
  ordersPage,
];

export interface Web {
  readonly routes: HttpRoutes;
  readonly problemPage: ProblemPage;
}

/** The storefront's BFF: its pages, rendered here, and their data with a contract of its own. */
export function openWeb(settings: WebSettings): Web {
  const { storefront, origin, version, problems } = settings;
  const sessions = shopperSessions(settings.capabilities, origin.startsWith('https:'));
  const parts: WebParts = { ...settings, sessions };
  const shell = shellPipeline(parts);
  const cache = pageCache(settings.invalidations, settings.clock);
  watchPageCache(cache, settings.metrics, 'web');

  const routes: HttpRoutes = async (http) => {
    http.addHook('onClose', async () => cache.close());
    await ownDocument(http, {
      ...{ path: '/web/openapi.json', title: 'Jangteo storefront', version, problems },
      description: 'What the storefront’s pages ask for. Its shapes follow the pages; programs use /openapi.json.',
    });
    guardWrites(http);
    http.addHook('onSend', async (request, reply) => rememberSeen(request, reply));
    http.get('/', { schema: { hide: true } }, async (request, reply) => {
      const language = preferencesOf(request).language ?? acceptedLanguage(request.headers['accept-language']);
      return reply
        .header('vary', 'accept-language, cookie')
        .header('cache-control', 'no-cache')
        .redirect(`/${language}/`, 302);
    });
    http.get(
      '/web/v1/:lang/shell',
      {
        schema: {
          tags: ['shell'],
          summary: 'What is around every page',
          params: Type.Object({ lang: LanguageSchema }),
          querystring: withCurrency(Type.Object({})),
          response: { 200: Shell },
        },
      },
      async (request) => (await shell.gather(askedBy(request, (request.params as { lang: Language }).lang))).view,
    );
    for (const each of [
      assetRoutes(storefront),
      cartRoutes(parts),
      cartForms(parts),
      checkoutRoutes(parts),
      checkoutForms(parts, checkoutPage(parts), { storefront, origin, shell, problems }),
      orderEvents(parts, orderPage(parts)),
      sitemapRoutes(parts, origin),
      suggestionRoutes(parts),
      ...pages.map((open) => pageRoutes(open(parts), { storefront, origin, shell, cache })),
    ])
      await http.register(async (scope) => each(scope as HttpServer));
  };
  return { routes, problemPage: problemPageOf({ storefront, origin, shell, logger: settings.logger }) };
}
