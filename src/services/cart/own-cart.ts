import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { cartAggregate } from './aggregate.ts';
import type { BuyingCart, OpenCart } from './cart.ts';

/** Finds a cart, provided that the shopper owns it. Throws the problem of one that is not theirs, unknown or given away. */
export function ownCarts({ store }: Pick<ServiceKit, 'store'>) {
  return async (cartId: string, shopperId: string): Promise<OpenCart | BuyingCart> => {
    const { state } = await store.load(cartAggregate, cartId);
    if (state.phase === 'unknown') throw new Problem('unknown_cart', 'There is no such cart.');
    if (state.shopperId !== shopperId) throw new Problem('forbidden', 'This cart belongs to somebody else.');
    if (state.phase !== 'given_away') return state;
    throw new Problem('cart_merged', 'The cart was merged into another.', { cartId: state.to });
  };
}
