import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Capabilities } from '../../../platform/http/port.ts';

const YEAR_S = 365 * 24 * 3_600;
const SHOPPER = 'shopper';
const CART = 'cart';
const CART_ID = /^[A-Za-z0-9][A-Za-z0-9_.-]{2,63}$/;

/**
 * Whose browser this is: nobody's yet; a guest's, with the cart at hand; or one whose cookies do not fit together any more (one
 * of them is gone, or is not ours).
 */
export type Session =
  | { readonly kind: 'none' }
  | { readonly kind: 'guest'; readonly shopperId: string; readonly cartId: string | undefined }
  | { readonly kind: 'lost' };

/** Guests' sessions: their capability token and the id of their current cart, in cookies that no script can read. */
export interface Sessions {
  of(request: Pick<FastifyRequest, 'headers'>): Session;
  /** From the answer on, this browser is the shopper's, with this cart at hand. */
  keep(reply: FastifyReply, shopperId: string, cartId: string): void;
}

/** `isSecure`: the shop is reached by https, and the cookies travel by nothing else. */
export function sessions(capabilities: Capabilities, isSecure: boolean): Sessions {
  const shopperOf = (token: string): string | undefined => {
    try {
      return capabilities.shopperOf({ headers: { authorization: `Bearer ${token}` } });
    } catch {
      return undefined;
    }
  };
  const cookie = (name: string, value: string) =>
    stringifySetCookie({
      ...{ name, value, secure: isSecure },
      ...{ path: '/', maxAge: YEAR_S, httpOnly: true, sameSite: 'lax' },
    });

  return {
    of({ headers }) {
      const { [SHOPPER]: token, [CART]: cartId } = parseCookie(headers.cookie ?? '');
      if (token === undefined) return { kind: cartId === undefined ? 'none' : 'lost' };
      const shopperId = shopperOf(token);
      if (shopperId === undefined) return { kind: 'lost' };
      return { kind: 'guest', shopperId, cartId: cartId !== undefined && CART_ID.test(cartId) ? cartId : undefined };
    },
    keep(reply, shopperId, cartId) {
      reply.header('set-cookie', cookie(SHOPPER, capabilities.issue(shopperId)));
      reply.header('set-cookie', cookie(CART, cartId));
    },
  };
}
