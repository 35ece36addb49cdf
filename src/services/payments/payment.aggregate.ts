import type { Aggregate } from '../../platform/event-store/aggregate.ts';
import { type PaymentCode, type PaymentCommand, paymentDecider } from './decide.ts';
import type { Payment, PaymentEvent } from './payment.ts';

/** One stream per order; its id is the order's. */
export const payment: Aggregate<Payment, PaymentCommand, PaymentEvent, PaymentCode> = {
  name: 'payment',
  decider: paymentDecider,
  events: {
    PaymentAuthorised: { version: 1 },
    AuthorisationBarred: { version: 1 },
    PaymentVoided: { version: 1 },
    CaptureRequested: { version: 1 },
    PaymentCaptured: { version: 1 },
    CaptureRefused: { version: 1 },
    RefundRequested: { version: 1 },
    PaymentRefunded: { version: 1 },
    RefundRefused: { version: 1 },
  },
};
