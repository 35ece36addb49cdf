import type { SagaDefinition } from '../../kernel/saga.ts';

export type BookInput = { readonly shipmentId: string };

/** What was handed over is booked with the carrier: asked again until the carrier has answered. */
export const bookSaga: SagaDefinition<BookInput> = {
  name: 'book',
  version: 1,
  steps: [
    {
      name: 'book',
      ask: (input) => ({ service: 'shipping', call: 'book', request: input }),
      giveUpAfterMs: Number.POSITIVE_INFINITY,
    },
  ],
};
