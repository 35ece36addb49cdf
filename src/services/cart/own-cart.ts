import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { cartAggregate } from './aggregate.ts';
import type { BuyingCart, Cart, OpenCart } from './cart.ts';

/** Finds a cart, provided that the shopper owns it. Throws the problem of one that is not theirs, unknown or given away. */
export function ownCarts({ store }: Pick<ServiceKit, 'store'>) {
  return async (cartId: string, shopperId: string): Promise<OpenCart | BuyingCart> =>
    ownedBy(shopperId, (await store.load(cartAggregate, cartId)).state);
}

/** The cart, provided that the shopper owns it. Throws as `ownCarts` does. */
export function ownedBy(shopperId: string, cart: Cart): OpenCart | BuyingCart {
  if (cart.phase === 'unknown') throw new Problem('unknown_cart', 'There is no such cart.');
  if (cart.shopperId !== shopperId) throw new Problem('forbidden', 'This cart belongs to somebody else.');
  if (cart.phase !== 'given_away') return cart;
  throw new Problem('cart_merged', 'The cart was merged into another.', { cartId: cart.to });
}
