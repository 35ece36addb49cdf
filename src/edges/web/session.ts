import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Capabilities } from '../../platform/http/port.ts';

/** Who a browser speaks for. The token that says so never reaches a script. */
export interface ShopperSession {
  /** Undefined until the browser's first cart. */
  readonly shopperId: string | undefined;
  /** The cart it fills; whoever uses it makes sure that it is the shopper's. */
  readonly cartId: string | undefined;
}

export interface ShopperSessions {
  of(request: Pick<FastifyRequest, 'headers'>): ShopperSession;
  /** Whether the browser was a shopper's, as its cookies say, and cannot be read as one any more. */
  isLost(request: Pick<FastifyRequest, 'headers'>): boolean;
  /** Lets the browser speak for a shopper from now on, with this cart at hand. */
  begin(reply: FastifyReply, shopper: { readonly shopperId: string; readonly cartId?: string | undefined }): void;
  /** The browser has no cart at hand any more; its orders stay its own. */
  leaveCart(reply: FastifyReply): void;
}

const KEPT_S = 90 * 24 * 3_600;
const CART_ID = /^crt_[A-Za-z0-9_-]{1,60}$/;
const NOBODY: ShopperSession = { shopperId: undefined, cartId: undefined };

/**
 * The sessions of shoppers: a guest's capability token in a cookie that no script reads and no other site's write carries
 * (HttpOnly, SameSite=Lax; on https also Secure and bound to the host). A token that is not ours is no session.
 */
export function shopperSessions(
  capabilities: Pick<Capabilities, 'issue' | 'shopperOf'>,
  isSecure: boolean,
): ShopperSessions {
  const prefix = isSecure ? '__Host-' : '';
  const names = { shopper: `${prefix}shopper`, cart: `${prefix}cart` };

  const cookie = (name: string, value: string, maxAge = KEPT_S) =>
    stringifySetCookie({ name, value, maxAge, path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure });

  const shopperOf = (token: string): string | undefined => {
    try {
      return capabilities.shopperOf({ headers: { authorization: `Bearer ${token}` } });
    } catch {
      return undefined;
    }
  };

  return {
    of({ headers }) {
      if (headers.cookie === undefined) return NOBODY;
      const { [names.shopper]: token, [names.cart]: cartId } = parseCookie(headers.cookie);
      const shopperId = token === undefined ? undefined : shopperOf(token);
      if (shopperId === undefined) return NOBODY;
      return { shopperId, cartId: cartId !== undefined && CART_ID.test(cartId) ? cartId : undefined };
    },
    isLost({ headers }) {
      const { [names.shopper]: token, [names.cart]: cartId } = parseCookie(headers.cookie ?? '');
      if (token === undefined) return cartId !== undefined;
      return shopperOf(token) === undefined;
    },
    begin(reply, { shopperId, cartId }) {
      reply.header('set-cookie', cookie(names.shopper, capabilities.issue(shopperId)));
      if (cartId !== undefined) reply.header('set-cookie', cookie(names.cart, cartId));
    },
    leaveCart(reply) {
      reply.header('set-cookie', cookie(names.cart, '', 0));
    },
  };
}
