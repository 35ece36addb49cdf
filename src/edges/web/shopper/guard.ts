import type { HttpServer } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { isSameOrigin } from '../../../platform/http/same-origin.ts';

/** What a page's own scripts send with every write. A form of another site can send no header of its own. */
export const WRITE_HEADER = 'x-jangteo-page';

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Lets no write into the routes of a scope that does not come from our own pages. `scripts`: only those that a script of ours sends;
 * otherwise plain forms as well, which browsers mark with where they come from. Register it before the routes.
 */
export function guardWrites(scope: HttpServer, from: 'scripts' | 'forms'): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    if (READS.includes(request.method)) return done();
    const isOurs = isSameOrigin(request) && (from === 'forms' || request.headers[WRITE_HEADER] !== undefined);
    done(isOurs ? undefined : new Problem('cross_site_request', `Send ${WRITE_HEADER} from our own page.`));
  });
}
