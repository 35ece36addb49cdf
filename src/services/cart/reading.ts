import type { ShownCart } from '../../contracts/shown-cart.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { baskets } from './basket.ts';
import { type CartCopies, seenIn, seenToken } from './copies.ts';
import { outcomeOf } from './handlers.ts';
import { ownedBy } from './own-cart.ts';
import type { ReadWish } from './read-route.ts';
import { showing } from './showing.ts';

export interface CartReadingParts {
  readonly copies: Pick<CartCopies, 'get'>;
  readonly offering: ReturnType<typeof baskets>;
  readonly clock: Pick<Clock, 'now'>;
  readonly expiresAfterMs: number;
  /** Told what came of each wish. */
  readonly told: (outcome: 'hit' | 'absent' | 'older' | 'unseen') => void;
}

/**
 * Carts as any process can show them: from a copy, to a shopper who says what they have seen (`after`), never an earlier state than
 * that, by the same rules as where carts are led. Undefined when there is no such copy: then whoever leads them is to be asked.
 */
export function cartReading({ copies, offering, clock, expiresAfterMs, told }: CartReadingParts) {
  const show = showing(offering, clock, expiresAfterMs);
  return async ({ cartId, shopperId, country, after }: ReadWish): Promise<Outcome<ShownCart> | undefined> => {
    const seen = seenIn(after, cartId);
    if (seen === undefined) {
      told('unseen');
      return undefined;
    }
    const found = await copies.get(cartId, seen);
    told(found.kind);
    if (found.kind !== 'hit') return undefined;
    const { value: cart, epoch, number } = found.copy;
    return outcomeOf(async () => ({
      ...(await show(ownedBy(shopperId, cart), country)),
      asOf: seenToken(cartId, { epoch, number }),
    }));
  };
}
