import type { cart } from '../../contracts/cart.ts';
import type { CallContext, Handlers } from '../../kernel/contract.ts';
import { done, type Outcome, rejected, unknown } from '../../kernel/outcome.ts';
import { IdempotencyConflict } from '../../platform/event-store/port.ts';
import { idempotencyOfCall } from '../../platform/http/idempotency.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { Change, changes } from './changes.ts';
import type { checkouts } from './checkout.ts';
import { ownCarts } from './own-cart.ts';
import { SHORTEST_GUEST_KEY } from './routes.ts';

interface Carts {
  readonly carts: ReturnType<typeof changes>;
  readonly buying: ReturnType<typeof checkouts>;
  readonly expiresAfterMs: number;
}

interface Own {
  readonly cartId: string;
  readonly shopperId: string;
}

/** Carts for callers that speak for a shopper, such as the storefront: the same rules as at the public API. */
export function cartHandlers(
  kit: Pick<ServiceKit, 'store'>,
  { carts, buying, expiresAfterMs }: Carts,
): Handlers<typeof cart> {
  const ownCart = ownCarts(kit);

  const changeBy = (call: string, request: Own, { idempotencyKey, traceparent }: CallContext): Change => ({
    shopperId: request.shopperId,
    idempotency: idempotencyKey === undefined ? undefined : idempotencyOf(call, request, idempotencyKey),
    traceparent,
  });

  return {
    open: ({ currency, shopperId }, { idempotencyKey = '', traceparent }) =>
      outcomeOf(() => {
        // A guest has no name to keep a key under: a key that could be guessed would open somebody else's cart.
        const counts = idempotencyKey.length >= (shopperId === undefined ? SHORTEST_GUEST_KEY : 1);
        const idempotency = counts
          ? idempotencyOfCall('cart.open', shopperId ?? 'guest', idempotencyKey, { currency })
          : undefined;
        return carts.open(currency, shopperId, { idempotency, traceparent });
      }),

    read: (wish) => outcomeOf(() => carts.read(wish)),

    add: (request, context) =>
      outcomeOf(async () => {
        const { cartId, shopperId, sku, quantity } = request;
        return carts.add(await ownCart(cartId, shopperId), { sku, quantity }, changeBy('cart.add', request, context));
      }),

    change: (request, context) =>
      outcomeOf(async () => {
        const { cartId, shopperId, sku, quantity } = request;
        const own = await ownCart(cartId, shopperId);
        return carts.change(own, { sku, quantity }, changeBy('cart.change', request, context));
      }),

    remove: (request, context) =>
      outcomeOf(async () => {
        const { cartId, shopperId, sku } = request;
        return carts.remove(await ownCart(cartId, shopperId), sku, changeBy('cart.remove', request, context));
      }),

    checkout: (request, { idempotencyKey, traceparent }) =>
      outcomeOf(async () => {
        if (idempotencyKey === undefined)
          throw new Problem('idempotency_key_required', 'A checkout needs an idempotency key.');
        const { waitMs = 0, ...asked } = request;
        await ownCart(asked.cartId, asked.shopperId);
        const idempotency = idempotencyOf('cart.checkout', asked, idempotencyKey);
        return buying.checkout(asked.cartId, asked.purchase, { idempotency, waitMs, expiresAfterMs, traceparent });
      }),
  };
}

function idempotencyOf(call: string, request: Own, key: string) {
  return idempotencyOfCall(call, request.shopperId, key, request);
}

/** What was thrown as a problem is a rejection; what others did not answer is unknown. Faults stay faults. */
export async function outcomeOf<Answer>(answer: () => Promise<Answer>): Promise<Outcome<Answer>> {
  try {
    return done(await answer());
  } catch (error) {
    if (error instanceof IdempotencyConflict) {
      const detail = 'This idempotency key came before with another request.';
      return rejected({ code: 'idempotency_key_reused', detail });
    }
    if (!(error instanceof Problem)) throw error;
    const { code, detail, extra } = error;
    if (code === 'unavailable') return unknown('unreachable');
    return rejected(extra === undefined ? { code, detail } : { code, detail, extra });
  }
}
