import { stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Clock } from '../../platform/clock/port.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import { isSameOrigin } from '../../platform/http/same-origin.ts';
import { attempts } from './attempts.ts';
import { isSame, type Session, type Sessions } from './session.ts';
import { COOKIE, sessionIn } from './session-guard.ts';

const SignIn = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 500, description: 'The admin token.' }),
    operator: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e](?:[\\x20-\\x7e]{0,58}[\\x21-\\x7e])?$',
        description: 'Who signs in, as the audit will name them: visible ASCII characters.',
      }),
    ),
  },
  { additionalProperties: false },
);

const ShownSession = Type.Object({
  operator: Type.String(),
  csrfToken: Type.String({ description: 'Send it as `x-csrf-token` with every write.' }),
  expiresAt: Type.Integer({ description: 'In ms since 1970.' }),
});

const NobodySignedIn = Type.Null({ description: 'Nobody is signed in.' });

/** Signing in with the admin token, and out. */
export function sessionRoutes(sessions: Sessions, adminToken: string, clock: Pick<Clock, 'now'>): HttpRoutes {
  const guesses = attempts(clock);
  const shown = (session: Session) => ({
    operator: session.operator,
    csrfToken: sessions.csrfToken(session),
    expiresAt: session.expiresAt,
  });

  return (http) => {
    http.get(
      '/console/api/session',
      {
        schema: {
          summary: 'Who is signed in',
          security: [],
          response: { 200: Type.Object({ session: Type.Union([ShownSession, NobodySignedIn]) }) },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const session = await sessionIn(sessions, request);
        return { session: session === undefined ? null : shown(session) };
      },
    );

    http.post(
      '/console/api/session',
      {
        schema: { summary: 'Sign in', security: [], body: SignIn, response: { 201: ShownSession } },
        config: { problems: ['forbidden', 'cross_site_request', 'too_many_requests'] },
      },
      async (request, reply) => {
        if (!isSameOrigin(request)) throw new Problem('cross_site_request', 'Sign in on our own page.');
        const { token, operator = 'admin' } = request.body;
        if (!guesses.mayTry(request.ip)) throw new Problem('too_many_requests', 'Wait a minute, then try again.');
        if (!isSame(token, adminToken)) {
          guesses.failed(request.ip);
          throw new Problem('forbidden', 'This is not the admin token.');
        }
        guesses.succeeded(request.ip);
        const { session, cookie } = sessions.open(operator);
        setCookie(request, reply, cookie, Math.floor((session.expiresAt - clock.now()) / 1_000));
        return reply.code(201).send(shown(session));
      },
    );

    http.delete(
      '/console/api/session',
      {
        schema: { summary: 'Sign out', security: [], response: { 204: Type.Null() } },
        config: { problems: ['cross_site_request'] },
      },
      async (request, reply) => {
        if (!isSameOrigin(request)) throw new Problem('cross_site_request', 'Sign out on our own page.');
        const session = await sessionIn(sessions, request);
        if (session !== undefined) await sessions.end(session);
        setCookie(request, reply, '', 0);
        return reply.code(204).send(null);
      },
    );
  };
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string, maxAge: number): void {
  const secure = request.protocol === 'https';
  const cookie = { name: COOKIE, value, maxAge, path: '/console', httpOnly: true, sameSite: 'strict' as const, secure };
  reply.header('set-cookie', stringifySetCookie(cookie)).header('cache-control', 'no-store');
}
