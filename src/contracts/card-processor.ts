import { Type } from 'typebox';
import { command, query } from './contract.ts';
import { Currency, Id, Money, Nothing, TimeMs } from './shapes.ts';

const closed = { additionalProperties: false } as const;
/** `reference` names this request, `authorisation` the reference of the authorisation that it is about. */
const Part = { reference: Id, authorisation: Id };

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
    /** What the processor did on a day (UTC, `2026-11-21`), to compare with the ledger. */
    report: query(
      Type.Object({ day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) }, closed),
      Type.Object(
        {
          lines: Type.Array(
            Type.Object(
              {
                kind: Type.Union([
                  Type.Literal('authorisation'),
                  Type.Literal('capture'),
                  Type.Literal('void'),
                  Type.Literal('refund'),
                ]),
                ...Part,
                amount: Type.Integer(),
                currency: Currency,
                at: TimeMs,
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  events: {},
} as const;
