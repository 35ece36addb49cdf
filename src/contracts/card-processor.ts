import { type Static, Type } from 'typebox';
import { command, query } from './contract.ts';
import { Currency, Id, Money, Nothing, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;
/** `reference` names this request, `authorisation` the reference of the authorisation that it is about. */
const Part = { reference: Id, authorisation: Id };

/** A movement as the processor booked it, in minor units. References are the processor's text and may be none of ours. */
export const ReportLine = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('authorisation'),
      Type.Literal('capture'),
      Type.Literal('void'),
      Type.Literal('refund'),
    ]),
    reference: Type.String(),
    authorisation: Type.String(),
    amount: Type.Integer({ minimum: 1 }),
    currency: Currency,
    at: TimeMs,
  },
  closed,
);
export type ReportLine = Static<typeof ReportLine>;

/**
 * What we ask of a card processor, in our words; an integration keeps the promise. Every call is repeatable by `reference`:
 * asked again it has the same answer and no second effect.
 */
export const cardProcessor = {
  service: 'card-processor',
  calls: {
    authorise: command(
      Type.Object({ reference: Id, amount: Money, token: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
      Nothing,
      'card_declined',
      'payment_voided',
      'processor_refused',
    ),
    capture: command(Type.Object({ ...Part, amount: Money }, closed), Nothing, 'processor_refused'),
    /** Lets go of `amount`, or of the whole authorisation for ever: one that has not arrived yet is refused when it does. */
    void: command(Type.Object({ ...Part, amount: Type.Optional(Money) }, closed), Nothing, 'processor_refused'),
    refund: command(Type.Object({ ...Part, amount: Money }, closed), Nothing, 'processor_refused'),
    /** How an authorisation stands at the processor, in minor units; `none` for one that it does not know. */
    authorisation: query(
      Type.Object({ reference: Id }, closed),
      Type.Object(
        {
          status: Type.Union([
            Type.Literal('none'),
            Type.Literal('declined'),
            Type.Literal('authorised'),
            Type.Literal('voided'),
          ]),
          amount: Type.Integer(),
          captured: Type.Integer(),
          voided: Type.Integer(),
          refunded: Type.Integer(),
        },
        closed,
      ),
    ),
    /**
     * What the processor did on a day (UTC, `2026-11-21`), page by page, to compare with the ledger. The last page has no `next`; it
     * is answered only when all pages together are what the processor's trailer says, so nothing read is true before the end is.
     */
    report: query(
      Type.Object(
        {
          day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
          after: Type.Optional(Type.String({ maxLength: 100, description: 'The `next` of the page before.' })),
        },
        closed,
      ),
      Type.Object({ lines: Type.Array(ReportLine), next: Type.Optional(Type.String()) }, closed),
      'report_unreadable',
      'processor_refused',
    ),
  },
  events: {},
} as const;
