import type { FastifyRequest } from 'fastify';

type Asked = Pick<FastifyRequest, 'headers' | 'host'>;

/**
 * Whether a request comes from a page of this very origin, as the browser says: by `Sec-Fetch-Site`, or else by `Origin`. A
 * client that says neither is no browser, and sends no cookie behind anybody's back.
 */
export function isSameOrigin({ headers, host }: Asked): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  // The scheme is not compared: a proxy in front may have ended the encryption.
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
