import { type Static, Type } from 'typebox';
import { command, event, query } from './contract.ts';
import { Currency, Id, Money, Nothing, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;

/**
 * A journal entry as transfers, each of which debits one account and credits another by the same amount (minor units):
 * an entry that does not balance cannot be written down.
 */
export const JournalEntry = Type.Object(
  {
    currency: Currency,
    transfers: Type.Array(
      Type.Object({ debit: Type.String(), credit: Type.String(), amount: Type.Integer({ minimum: 1 }) }, closed),
    ),
  },
  closed,
);
export type JournalEntry = Static<typeof JournalEntry>;

const OfSeller = { orderId: Id, sellerId: Id, amount: Money };
const CommissionBasisPoints = Type.Integer({ minimum: 0, maximum: 10_000 });

export const payments = {
  service: 'payments',
  calls: {
    /** Holds the amount on the card, once per order however often it is asked. The token is passed on, never kept. */
    authorise: command(
      Type.Object({ orderId: Id, amount: Money, token: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
      Type.Object({ authorisedAt: TimeMs }, closed),
      'card_declined',
      'payment_voided',
      'processor_refused',
    ),
    /** Lets go of what is held and not captured; also of an authorisation that is still under way. */
    void: command(Type.Object({ orderId: Id }, closed), Nothing),
    /** Takes what was shipped from what is held, once per shipment; the seller is owed it less the commission. */
    capture: command(
      Type.Object({ ...OfSeller, shipmentId: Id, commissionBasisPoints: CommissionBasisPoints }, closed),
      Nothing,
      'unknown_payment',
      'capture_exceeds_authorisation',
      'processor_refused',
    ),
    /** Pays back a part of what was captured, once per refund, out of the seller's share and the commission on it. */
    refund: command(
      Type.Object({ ...OfSeller, refundId: Id }, closed),
      Nothing,
      'unknown_payment',
      'refund_exceeds_capture',
      'processor_refused',
    ),
    /** Lets go of a part of what is held, once per cancellation; without an amount of all that no shipment waits for. */
    voidPart: command(
      Type.Object({ orderId: Id, cancellationId: Id, amount: Type.Optional(Type.Integer({ minimum: 1 })) }, closed),
      Nothing,
      'unknown_payment',
    ),
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
    /** What cards brought and got back from the hour that holds `from` on, by hour (UTC) and currency; minor units. */
    turnover: query(
      Type.Object({ from: TimeMs }, closed),
      Type.Object(
        {
          hours: Type.Array(
            Type.Object(
              {
                start: TimeMs,
                currency: Currency,
                captured: Type.Integer(),
                refunded: Type.Integer(),
                /** What the marketplace kept of both. */
                commission: Type.Integer(),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  events: {
    PaymentAuthorised: event(1, Type.Object({ orderId: Id, amount: Money, at: TimeMs }, closed)),
    PaymentCaptured: event(1, Type.Object({ ...OfSeller, shipmentId: Id, entry: JournalEntry, at: TimeMs }, closed)),
    PaymentVoided: event(1, Type.Object({ orderId: Id, cancellationId: Id, amount: Money, at: TimeMs }, closed)),
    PaymentRefunded: event(1, Type.Object({ ...OfSeller, refundId: Id, entry: JournalEntry, at: TimeMs }, closed)),
  },
} as const;
