import { cart as contract } from '../../contracts/cart.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import type { Aggregate, SnapshotPolicy } from '../../platform/event-store/aggregate.ts';
import type { Cart, CartEvent } from './cart.ts';
import { type CartCommand, cart } from './decide.ts';

/** The form in which carts are kept whole; `fold` changes when `evolve` changes its meaning. */
export const cartForm: SnapshotPolicy<Cart> = {
  every: 200,
  fold: 2,
  encode: (state) =>
    state.phase === 'unknown' ? state : { ...state, lines: [...state.lines], prices: [...state.prices] },
  decode: (body) =>
    ({
      ...body,
      lines: new Map(body.lines as [string, number][] | undefined),
      prices: new Map(body.prices as [string, number][] | undefined),
    }) as unknown as Cart,
};

/** How carts are kept: streams `cart/<cartId>`, with a snapshot of the long ones. */
export const cartAggregate: Aggregate<Cart, CartCommand, CartEvent, ProblemCode> = {
  name: 'cart',
  decider: cart,
  events: {
    ...contract.events,
    LineChanged: { version: 1 },
    LineRemoved: { version: 1 },
    CartMerged: { version: 1 },
    CartGivenAway: { version: 1 },
    CheckoutStarted: { version: 1 },
    CartReopened: { version: 1 },
  },
  snapshot: cartForm,
};
