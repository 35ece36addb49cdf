import { cart as cartContract } from '../../../contracts/cart.ts';
import type { ShownCart } from '../../../contracts/shown-cart.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { acrossMerges, type OwnCart } from '../../showing/merged-cart.ts';
import type { Asked } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import { shopperOf } from '../session.ts';

type OfCart = Asked<{ readonly cartId: string }>;
const READ_MS = 2_000;

/** Asks about a cart for whoever shows its shopper's token; of one that was merged into another, about that one. All throw problems. */
export function ownCarts({ client, capabilities }: Pick<MobileParts, 'client' | 'capabilities'>) {
  const ask = client(cartContract);

  async function withOwn(
    { request, params: { cartId } }: OfCart,
    wish: (own: OwnCart) => Promise<Outcome<ShownCart>>,
  ): Promise<ShownCart> {
    const { outcome } = await acrossMerges({ cartId, shopperId: shopperOf(request, capabilities) }, wish);
    return answerOf(outcome);
  }

  return {
    withOwn,
    read: (asked: OfCart, country?: string) =>
      withOwn(asked, (own) => ask.read({ ...own, ...(country !== undefined && { country }) }, { timeoutMs: READ_MS })),
  };
}
