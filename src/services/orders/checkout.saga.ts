import type { inventory } from '../../contracts/inventory.ts';
import type { payments } from '../../contracts/payments.ts';
import type { Money, SkuQuantity } from '../../contracts/shapes.ts';
import type { RequestOf } from '../../kernel/contract.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { SagaDefinition } from '../../kernel/saga.ts';

/** What a checkout works on. The times come with it: the saga has no clock. */
export type Checkout = {
  readonly orderId: string;
  readonly lines: readonly SkuQuantity[];
  readonly amount: Money;
  /** A `reserve` that arrives later holds nothing. */
  readonly validUntil: number;
  /** When the stock goes back by itself; later than the last moment at which the checkout may still complete. */
  readonly expiresAt: number;
};

/** How long a checkout waits for its partners, in milliseconds. */
export interface Deadlines {
  readonly reserveMs: number;
  readonly paymentMs: number;
  /** How much longer than both the stock is held. */
  readonly marginMs: number;
}

type Reserve = RequestOf<typeof inventory.calls.reserve>;
type Release = RequestOf<typeof inventory.calls.release>;
type Authorise = RequestOf<typeof payments.calls.authorise>;
type Void = RequestOf<typeof payments.calls.void>;

/** What is asked with when the shopper's key was destroyed during the checkout: a token that no card stands behind. */
const ERASED = 'erased';

/** Hold the stock, then the money; undo both when either cannot be had. */
export function checkoutSaga({ reserveMs, paymentMs, marginMs }: Deadlines): SagaDefinition<Checkout> {
  return {
    name: 'checkout',
    version: 1,
    steps: [
      {
        name: 'reserve',
        ask: (checkout) => asking('inventory', 'reserve', reserve(checkout)),
        undo: ({ orderId, lines }) => asking('inventory', 'release', { orderId, lines: [...lines] } satisfies Release),
        giveUpAfterMs: reserveMs,
      },
      {
        name: 'authorise',
        ask: ({ orderId, amount }, _, { token }) =>
          asking('payments', 'authorise', {
            orderId,
            amount,
            token: typeof token === 'string' ? token : ERASED,
          } satisfies Authorise),
        undo: ({ orderId }) => asking('payments', 'void', { orderId } satisfies Void),
        giveUpAfterMs: paymentMs,
        // A run that was taken up begins this step anew; the stock is held from the placing on.
        latest: ({ expiresAt }) => expiresAt - marginMs,
      },
    ],
  };
}

/** The times of a checkout that begins at `placedAt`. */
export function timesOf(placedAt: number, { reserveMs, paymentMs, marginMs }: Deadlines) {
  return { validUntil: placedAt + reserveMs, expiresAt: placedAt + reserveMs + paymentMs + marginMs };
}

function reserve({ orderId, lines, validUntil, expiresAt }: Checkout): Reserve {
  return { orderId, lines: [...lines], validUntil, expiresAt };
}

function asking(service: string, call: string, request: JsonObject) {
  return { service, call, request };
}
