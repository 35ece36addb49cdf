import { cart as cartContract } from '../../../contracts/cart.ts';
import type { ShownCart } from '../../../contracts/shown-cart.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import type { Asked } from '../asked.ts';
import { companyOf } from '../company.ts';
import type { MobileParts } from '../parts.ts';
import { shopperOf } from '../session.ts';

export interface Own {
  readonly cartId: string;
  readonly shopperId: string;
}

type OfCart = Asked<{ readonly cartId: string }>;
const READ_MS = 2_000;
const MOST_HOPS = 3;

/** Asks about a cart for whoever shows its shopper's token; of one that was merged into another, about that one. All throw problems. */
export function ownCarts({ client, capabilities }: Pick<MobileParts, 'client' | 'capabilities'>) {
  const ask = client(cartContract);

  async function withOwn(
    { request, params: { cartId } }: OfCart,
    wish: (own: Own) => Promise<Outcome<ShownCart>>,
  ): Promise<ShownCart> {
    const shopperId = shopperOf(request, capabilities);
    let own: Own = { cartId, shopperId };
    for (let hops = 0; ; hops++) {
      const outcome = await wish(own);
      const to = outcome.kind === 'rejected' && outcome.rejection.code === 'cart_merged' && outcome.rejection.extra;
      if (!to || typeof to.cartId !== 'string' || hops === MOST_HOPS) return answerOf(outcome);
      own = { cartId: to.cartId, shopperId };
    }
  }

  return {
    withOwn,
    read: (asked: OfCart, country?: string) =>
      withOwn(asked, (own) => ask.read({ ...own, ...(country !== undefined && { country }) }, { timeoutMs: READ_MS })),
  };
}

/** What a cart is shown with. */
export function cartCompany(parts: Pick<MobileParts, 'client'>) {
  return companyOf<ShownCart>(parts, ({ lines }) => ({
    sellerIds: lines.map(({ sellerId }) => sellerId),
    productIds: lines.map(({ productId }) => productId),
  }));
}
