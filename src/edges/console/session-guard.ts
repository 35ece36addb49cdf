import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import type { HttpServer } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { isSameOrigin } from '../../platform/http/same-origin.ts';
import { isSame, type Session, type Sessions } from './session.ts';

/** Sent to no address but the console's. */
export const COOKIE = 'jangteo_console';
export const CSRF_HEADER = 'x-csrf-token';

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const sessionOf = new WeakMap<FastifyRequest, Session>();

/** The session that a request's cookie names, if it is one of ours. */
export function sessionIn(sessions: Sessions, request: FastifyRequest): Promise<Session | undefined> {
  return sessions.read(parseCookie(request.headers.cookie ?? '')[COOKIE]);
}

/** The session of a request behind the guard. */
export function operatorOf(request: FastifyRequest): Session {
  const session = sessionOf.get(request);
  if (session === undefined) throw new Error('this route is not behind the guard of the console');
  return session;
}

/**
 * Lets nobody without a session into the routes of a scope, and no write that does not come from the console's own pages: asked
 * before anything of the body is read. Register it before them.
 */
export function guardSessions(scope: HttpServer, sessions: Sessions): void {
  scope.addHook('onRequest', async (request) => {
    const session = await sessionIn(sessions, request);
    if (session === undefined) throw new Problem('unauthorized', 'Sign in with the admin token.');
    if (!READS.includes(request.method) && !isOurs(request, sessions.csrfToken(session)))
      throw new Problem('cross_site_request', `Send the session’s csrfToken as ${CSRF_HEADER} from our own page.`);
    sessionOf.set(request, session);
  });
}

function isOurs(request: FastifyRequest, csrfToken: string): boolean {
  const given = request.headers[CSRF_HEADER];
  return isSameOrigin(request) && typeof given === 'string' && isSame(given, csrfToken);
}
