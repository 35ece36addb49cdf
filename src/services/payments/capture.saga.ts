import type { Money } from '../../contracts/shapes.ts';
import type { SagaDefinition } from '../../kernel/saga.ts';

export type CaptureInput = {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly sellerId: string;
  readonly amount: Money;
  readonly commissionBasisPoints: number;
};

/** What was shipped is captured: asked again until the processor has answered. */
export const captureSaga: SagaDefinition<CaptureInput> = {
  name: 'capture',
  version: 1,
  steps: [
    {
      name: 'capture',
      ask: (input) => ({ service: 'payments', call: 'capture', request: input }),
      giveUpAfterMs: Number.POSITIVE_INFINITY,
    },
  ],
};
