import { ownDocument } from '../../platform/http/own-document.ts';
import type { HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import { type ProblemCatalogue, problemAnswers } from '../../platform/http/problem-answers.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { pageCache, watchPageCache } from '../showing/page-cache.ts';
import { type AppVersions, checkVersions } from './app-version.ts';
import { languageOf } from './asked.ts';
import { cartScreen } from './cart/cart.screen.ts';
import { cartWrites } from './cart/cart-writes.ts';
import { checkoutRoutes, checkoutScreen } from './cart/checkout.ts';
import { keepFresh } from './freshness.ts';
import { orderScreen } from './orders/order.screen.ts';
import { orderLive } from './orders/order-live.ts';
import { ordersScreen } from './orders/orders.screen.ts';
import type { MobileParts } from './parts.ts';
import { type Screen, screenRoutes } from './screen.ts';
import { categoryScreen } from './screens/category.ts';
import { cellsScreen } from './screens/cells.ts';
import { homeScreen } from './screens/home.ts';
import { productScreen } from './screens/product.ts';
import { searchScreen } from './screens/search.ts';
import { suggestionsScreen } from './screens/suggestions.ts';
import { problemWords } from './words.ts';
import { askForKeys } from './writes.ts';

export interface MobileSettings extends MobileParts {
  readonly version: string;
  readonly problems: ProblemCatalogue;
  readonly metrics: Pick<Metrics, 'watch'>;
  /** Which versions of the app are served; absent: all. */
  readonly versions?: AppVersions | undefined;
}

/** Screens that lie ready: a phone asks for one of many renditions, each a fraction of a page. */
const READY = { mostBytes: 32 * 1024 ** 2, mostAtOnce: 32 };

const screens: readonly ((parts: MobileParts) => Screen)[] = [
  homeScreen,
  categoryScreen,
  searchScreen,
  suggestionsScreen,
  productScreen,
  cellsScreen,
  cartScreen,
  checkoutScreen,
  ordersScreen,
  orderScreen,
];

/** The BFF of one system's apps: a call for each screen, with a contract of its own (`/{platform}/openapi.json`). */
export function openMobile(settings: MobileSettings): HttpRoutes {
  const { dialect, logger, problems, version } = settings;
  const { platform, title } = dialect;

  const cache = pageCache(settings.invalidations, settings.clock, READY);
  watchPageCache(cache, settings.metrics, platform);

  return async (http) => {
    http.addHook('onClose', async () => cache.close());
    await ownDocument(http, {
      ...{ path: `/${platform}/openapi.json`, title: `Jangteo for ${title}`, version, problems },
      description: `What the app for ${title} asks for: one call for each screen. Members may be added to answers, and none is taken away. Every problem has a stable \`code\` for the app and a \`message\` for its user. Pictures and links are to be resolved against the address that was asked.`,
      bearer: 'The `token` that came with the first cart: a guest’s session. There are no cookies.',
    });
    http.addHook('onRoute', (route) => {
      route.config = { ...route.config, problems: [...(route.config?.problems ?? []), 'app_too_old'] };
    });
    const answers = problemAnswers(problems, logger, (document, request) => {
      const language = languageOf(request);
      const headers = { 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language };
      return { headers, body: JSON.stringify({ ...document, message: problemWords(document.code, language) }) };
    });
    http.setErrorHandler((error, request, reply) => answers.answer(error, request, reply));
    http.addHook('onRequest', (request, reply, done) => {
      reply.header('content-language', languageOf(request));
      done();
    });
    checkVersions(http, { platform, versions: settings.versions });
    askForKeys(http);
    // Which app asks decides whether it is served, and what it is told of upgrades.
    keepFresh(http, dialect, settings.versions === undefined ? [] : ['x-app-version']);
    for (const routes of [
      ...screens.map((open) => screenRoutes(open(settings), dialect, cache)),
      cartWrites(settings),
      checkoutRoutes(settings),
      orderLive(settings),
    ])
      await http.register(async (scope) => routes(scope as HttpServer));
  };
}
