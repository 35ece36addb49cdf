import type { SagaDefinition } from '../../kernel/saga.ts';

export type VoidInput = { readonly orderId: string; readonly cancellationId: string; readonly amount?: number };

/** What was cancelled is let go: asked again until the processor has answered. */
export const voidSaga: SagaDefinition<VoidInput> = {
  name: 'void',
  version: 1,
  steps: [
    {
      name: 'void',
      ask: (input) => ({ service: 'payments', call: 'voidPart', request: input }),
      giveUpAfterMs: Number.POSITIVE_INFINITY,
    },
  ],
};
