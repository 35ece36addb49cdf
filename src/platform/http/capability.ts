import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Capabilities } from './port.ts';
import { Problem } from './problem.ts';

const LONGEST_TOKEN = 256;

/** Capabilities signed with the shop's secret (HMAC-SHA256). The last tokens that were verified are remembered. */
export function capabilities(secret: string | Uint8Array, remembered = 20_000): Capabilities {
  const verified = new LRUCache<string, string>({ max: remembered });

  const key = createSecretKey(Buffer.from(secret));

  const macOf = (shopperId: string) => createHmac('sha256', key).update(shopperId).digest('base64url');

  const verify = (token: string): string | undefined => {
    const dot = token.lastIndexOf('.');
    if (dot < 1 || token.length > LONGEST_TOKEN) return undefined;
    const shopperId = token.slice(0, dot);
    const expected = macOf(shopperId);
    const given = token.slice(dot + 1);
    return given.length === expected.length && timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(expected))
      ? shopperId
      : undefined;
  };

  return {
    issue(shopperId) {
      const token = `${shopperId}.${macOf(shopperId)}`;
      verified.set(token, shopperId);
      return token;
    },
    shopperOf(request) {
      const header = request.headers.authorization;
      if (header === undefined) return undefined;
      const token = bearerOf(header);
      const known = token === undefined ? undefined : verified.get(token);
      if (known !== undefined) return known;
      const shopperId = token === undefined ? undefined : verify(token);
      if (token === undefined || shopperId === undefined) {
        throw new Problem('unauthorized', 'The bearer token is not one that this shop handed out.');
      }
      verified.set(token, shopperId);
      return shopperId;
    },
  };
}

/** The token of an `Authorization: Bearer` header, undefined for any other header. */
export function bearerOf(header: string | undefined): string | undefined {
  return header !== undefined && /^bearer /i.test(header) ? header.slice(7).trim() : undefined;
}
