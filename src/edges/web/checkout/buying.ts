import type { FastifyRequest } from 'fastify';
import { cart as cartContract, type Purchase } from '../../../contracts/cart.ts';
import type { Standing } from '../../../contracts/orders.ts';
import { answerOf, Problem } from '../../../platform/http/problem.ts';
import { changedCart } from '../cart/seen-cart.ts';
import type { WebParts } from '../parts.ts';

/** How long a shopper looks at *Paying …* before the order's own page takes over, in ms. */
const OUTCOME_MS = 8_000;

/**
 * Buys a cart in the name of a browser's session, under the attempt's own key: asked again, it answers the same order. Throws the
 * problem of whatever stands against it, of a declined card as well; `unavailable` when nobody knows yet.
 */
export function buying({ client, sessions }: Pick<WebParts, 'client' | 'sessions'>) {
  const ask = client(cartContract);

  return async (request: FastifyRequest, cartId: string, purchase: Purchase, key: string): Promise<Standing> => {
    const { shopperId } = sessions.of(request);
    if (shopperId === undefined) throw new Problem('unauthorized', 'This browser’s session cannot be read any more.');
    const asked = { cartId, shopperId, purchase, waitMs: OUTCOME_MS };
    const context = { idempotencyKey: key, ...(request.traceparent && { traceparent: request.traceparent }) };
    // Whatever comes of it, the cart is no longer as it was.
    changedCart(request);
    const standing = answerOf(await ask.checkout(asked, context));
    if (standing.status !== 'cancelled') return standing;
    const { reason, orderId } = standing;
    throw new Problem(reason?.code ?? 'order_cancelled', reason?.detail ?? 'The order was cancelled.', {
      ...reason?.extra,
      orderId,
    });
  };
}
