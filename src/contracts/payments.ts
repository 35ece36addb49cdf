import { Type } from 'typebox';
import { command, event, query } from './contract.ts';
import { Currency, Id, Money, Nothing, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;

export const payments = {
  service: 'payments',
  calls: {
    /** Holds the amount on the card, once per order however often it is asked. The token is passed on, never kept. */
    authorise: command(
      Type.Object({ orderId: Id, amount: Money, token: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
      Type.Object({ authorisedAt: TimeMs }, closed),
      'card_declined',
      'payment_voided',
    ),
    /** Lets go of what is held and not captured; also of an authorisation that is still under way. */
    void: command(Type.Object({ orderId: Id }, closed), Nothing),
    /** The payment of an order: minor units. */
    payment: query(
      Type.Object({ orderId: Id }, closed),
      Type.Object(
        {
          orderId: Id,
          currency: Currency,
          authorised: Type.Integer(),
          captured: Type.Integer(),
          refunded: Type.Integer(),
          voided: Type.Integer(),
        },
        closed,
      ),
      'unknown_payment',
    ),
  },
  events: {
    PaymentAuthorised: event(1, Type.Object({ orderId: Id, amount: Money, at: TimeMs }, closed)),
    PaymentCaptured: event(
      1,
      Type.Object({ orderId: Id, shipmentId: Id, sellerId: Id, amount: Money, at: TimeMs }, closed),
    ),
    PaymentVoided: event(1, Type.Object({ orderId: Id, amount: Money, at: TimeMs }, closed)),
    PaymentRefunded: event(
      1,
      Type.Object({ orderId: Id, refundId: Id, sellerId: Id, amount: Money, at: TimeMs }, closed),
    ),
  },
} as const;
