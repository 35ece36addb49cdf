import type { FastifyRequest } from 'fastify';
import { cart as cartContract } from '../../../contracts/cart.ts';
import type { ShownCart } from '../../../contracts/shown-cart.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { acrossMerges } from '../../showing/merged-cart.ts';
import type { WebParts } from '../parts.ts';
import type { CartView } from './cart.view.ts';
import { seenCart, showsCart } from './seen-cart.ts';

/** The cart at hand, and what became of it. */
export interface CurrentCart {
  readonly state: CartView['state'];
  readonly shopperId: string | undefined;
  readonly cart: ShownCart | undefined;
}

type Asking = Pick<FastifyRequest, 'headers'>;

const READ_MS = 2_000;
const AFTER_REJECTION: Readonly<Record<string, CartView['state']>> = {
  unknown_cart: 'lost',
  forbidden: 'lost',
  cart_merged: 'none',
  cart_expired: 'expired',
};

/** Reads the cart of a browser’s session, priced for `country` where one is named. Throws `unavailable` when carts do not answer. */
export function currentCarts({ client, sessions }: Pick<WebParts, 'client' | 'sessions'>) {
  const ask = client(cartContract);

  return async function current(request: Asking, country?: string): Promise<CurrentCart> {
    const { shopperId, cartId } = sessions.of(request);
    if (shopperId === undefined)
      return { state: sessions.isLost(request) ? 'lost' : 'none', shopperId, cart: undefined };
    if (cartId === undefined) return { state: 'none', shopperId, cart: undefined };
    const after = seenCart(request);
    const more = { ...(country !== undefined && { country }), ...(after !== undefined && { after }) };
    const { outcome } = await acrossMerges({ cartId, shopperId }, (own) =>
      ask.read({ ...own, ...more }, { timeoutMs: READ_MS }),
    );
    const state = outcome.kind === 'rejected' ? AFTER_REJECTION[outcome.rejection.code] : undefined;
    if (state !== undefined) return { state, shopperId, cart: undefined };
    const cart = answerOf(outcome);
    showsCart(request, cart.asOf);
    return { state: cart.status === 'buying' ? 'bought' : 'open', shopperId, cart };
  };
}
