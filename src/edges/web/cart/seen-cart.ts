import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'seen';
/** A browser that has been away for longer asks whoever leads its cart. */
const KEPT_S = 24 * 3_600;
const LONGEST = 1_000;

/** What a request's answer will say that the browser has seen; empty: nothing that may be relied on. */
const told = new WeakMap<object, string>();

/** The state of its cart that this browser was last shown: with it a copy may answer that is as new. */
export function seenCart(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  return (told.get(request) ?? knownTo(request)) || undefined;
}

/** The answer to this request shows the browser its cart as of `asOf`; undefined where carts are always read where they are led. */
export function showsCart(request: object, asOf: string | undefined): void {
  if (asOf !== undefined && asOf.length <= LONGEST) told.set(request, asOf);
}

/** The answer to this request tells of a change to the cart without showing it: what was seen before is not enough any more. */
export function changedCart(request: object): void {
  told.set(request, '');
}

/** Puts into a cookie what this answer shows, where the browser does not know it yet. */
export function rememberSeen(request: FastifyRequest, reply: FastifyReply): void {
  const token = told.get(request);
  if (token === undefined || token === knownTo(request)) return;
  const secure = request.protocol === 'https';
  const cookie = { name: NAME, value: token, maxAge: token === '' ? 0 : KEPT_S, path: '/', httpOnly: true, secure };
  reply.header('set-cookie', stringifySetCookie({ ...cookie, sameSite: 'lax' }));
}

function knownTo({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const { [NAME]: token = '' } = parseCookie(headers.cookie ?? '');
  return token.length > LONGEST ? '' : token;
}
