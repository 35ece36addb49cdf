import type { Clock, Random } from '../../platform/clock/port.ts';
import { ownDocument } from '../../platform/http/own-document.ts';
import type { HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import type { ProblemCatalogue } from '../../platform/http/problem-answers.ts';
import type { SessionStore } from '../../platform/session-store/port.ts';
import { adminPassage, type Passage } from './admin-passage.ts';
import { consolePages } from './pages.ts';
import { sessions } from './session.ts';
import { COOKIE, guardSessions } from './session-guard.ts';
import { sessionRoutes } from './session-routes.ts';

export interface ConsoleParts {
  readonly adminToken: string;
  /** A secret of the shop that cookies are signed with. */
  readonly secret: string;
  readonly problems: ProblemCatalogue;
  readonly version: string;
  /** Where the built pages are. */
  readonly pagesFolder: string;
  /** Each page's part of the API, for those who are signed in. */
  readonly routes: readonly HttpRoutes[];
  readonly clock: Clock;
  readonly random: Random;
  /** Where all processes learn who has signed out; without it each process knows its own. */
  readonly sessionStore?: SessionStore | undefined;
  /** How `/v1/admin` is asked where its routes are not this server's. */
  readonly passage?: Passage | undefined;
}

/** The operations console: its pages, and the API behind them with a contract of its own. */
export function consoleRoutes(parts: ConsoleParts): HttpRoutes {
  const { adminToken, secret, problems, version, pagesFolder, routes, clock, random, sessionStore, passage } = parts;
  const open = sessions({ key: `${secret}\n${adminToken}`, clock, random, store: sessionStore });

  return async (http) => {
    await ownDocument(http, {
      ...{ path: '/console/openapi.json', title: 'Jangteo console', version, problems, cookie: COOKIE },
      description: 'What the operations console asks for. Its shapes follow its pages; programs use /openapi.json.',
    });
    await sessionRoutes(open, adminToken, clock)(http);
    await consolePages(pagesFolder, random)(http);
    await http.register(async (scope) => {
      guardSessions(scope as HttpServer, open);
      for (const each of [...routes, adminPassage(adminToken, passage)]) {
        await scope.register(async (own) => each(own as HttpServer));
      }
    });
  };
}
