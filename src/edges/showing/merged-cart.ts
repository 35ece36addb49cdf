import type { Outcome } from '../../kernel/outcome.ts';

/** A cart, and whose it is. */
export interface OwnCart {
  readonly cartId: string;
  readonly shopperId: string;
}

/** A cart that was merged into one that was merged in its turn is followed so far. */
const MOST_HOPS = 3;

/** Asks about a cart; of one that was merged into another, about that one. Answers whose the outcome is. */
export async function acrossMerges<Answer>(
  cart: OwnCart,
  wish: (own: OwnCart) => Promise<Outcome<Answer>>,
): Promise<{ readonly own: OwnCart; readonly outcome: Outcome<Answer> }> {
  let own = cart;
  for (let hops = 0; ; hops++) {
    const outcome = await wish(own);
    const to =
      outcome.kind === 'rejected' && outcome.rejection.code === 'cart_merged' && outcome.rejection.extra?.cartId;
    if (typeof to !== 'string' || hops === MOST_HOPS) return { own, outcome };
    own = { ...own, cartId: to };
  }
}
