import type { Money } from '../../contracts/shapes.ts';
import type { SagaDefinition } from '../../kernel/saga.ts';

export type RefundInput = {
  readonly orderId: string;
  readonly refundId: string;
  readonly sellerId: string;
  readonly amount: Money;
};

/** What was asked back is refunded: asked again until the processor has answered. */
export const refundSaga: SagaDefinition<RefundInput> = {
  name: 'refund',
  version: 1,
  steps: [
    {
      name: 'refund',
      ask: (input) => ({ service: 'payments', call: 'refund', request: input }),
      giveUpAfterMs: Number.POSITIVE_INFINITY,
    },
  ],
};
