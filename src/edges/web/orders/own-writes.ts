import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'wrote';
/** By then every list has long caught up. */
const KEPT_S = 300;
const LONGEST = 1_000;

/** Lets this browser's lists of orders wait for what it has just bought: `token` is that of the write. */
export function rememberWrite(request: FastifyRequest, reply: FastifyReply, token: string | undefined): void {
  if (token === undefined || token.length > LONGEST) return;
  const secure = request.protocol === 'https';
  const cookie = {
    name: NAME,
    value: token,
    maxAge: KEPT_S,
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    secure,
  };
  reply.header('set-cookie', stringifySetCookie(cookie));
}

/** The token of this browser's last write, if it was a short while ago. */
export function lastWrite({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const { [NAME]: token } = parseCookie(headers.cookie ?? '');
  return token === undefined || token === '' ? undefined : token;
}
