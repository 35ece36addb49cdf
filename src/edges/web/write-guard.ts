import type { HttpServer } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { isSameOrigin } from '../../platform/http/same-origin.ts';

/** Set by our pages' scripts; another site's cannot set it without asking, and is never allowed to. */
export const WRITE_HEADER = 'x-jangteo';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes plain forms as well, of browsers without scripts: they say where they come from, but send no header. */
    readonly plainForm?: true;
  }
}

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses every write of a scope that does not come from our own pages, before its body is read. Register it before the routes. */
export function guardWrites(scope: HttpServer): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    if (READS.includes(request.method)) return done();
    const isByScript = request.headers[WRITE_HEADER] !== undefined;
    if (isSameOrigin(request) && (isByScript || request.routeOptions.config.plainForm)) return done();
    done(new Problem('cross_site_request', `Writes come from our own pages, with the header ${WRITE_HEADER}.`));
  });
}
