import type { ShownCart } from '../../contracts/shown-cart.ts';
import type { Clock } from '../../platform/clock/port.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Basket, baskets } from './basket.ts';
import type { BuyingCart, Cart, OpenCart } from './cart.ts';
import { isExpired } from './decide.ts';
import { shownCart } from './shown.ts';

export type Show = (cart: Cart, country?: string, known?: Basket) => Promise<ShownCart>;

/** Shows carts at the prices of the moment; throws the problem of one that cannot be shown any more. `known` spares asking for its offers. */
export function showing(
  { offersOf, priceOf }: ReturnType<typeof baskets>,
  clock: Pick<Clock, 'now'>,
  expiresAfterMs: number,
): Show {
  return async (state, country, known) => {
    const cart = readable(state, clock.now(), expiresAfterMs);
    const { lines, currency } = cart;
    const isKnown = known !== undefined && [...lines.keys()].every((sku) => known.offers.has(sku));
    const basket = isKnown ? known : await offersOf([...lines.keys()], currency);
    return shownCart(cart, basket, await priceOf(lines, basket, currency, country), expiresAfterMs);
  };
}

function readable(cart: Cart, now: number, expiresAfterMs: number): OpenCart | BuyingCart {
  if (cart.phase === 'unknown') throw new Problem('unknown_cart', 'There is no such cart.');
  if (cart.phase === 'given_away') {
    throw new Problem('cart_merged', 'The cart was merged into another.', { cartId: cart.to });
  }
  if (isExpired(cart, now, expiresAfterMs)) {
    throw new Problem('cart_expired', 'The cart was not touched for too long; open another.');
  }
  return cart;
}
