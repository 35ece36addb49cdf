import type { cardProcessor } from '../../contracts/card-processor.ts';
import type { Money } from '../../contracts/shapes.ts';
import type { CallContext, Handlers } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import type { HttpAnswer, HttpDoor } from '../../platform/http/door.ts';
import { pageOf, placeOf } from './report.ts';

/** Our words to the processor's and back: no status, error name or field of theirs is known anywhere else. */
export function cardProcessorClient(door: HttpDoor): Handlers<typeof cardProcessor> {
  const move = (path: string, moved: Movement, { traceparent }: CallContext) => {
    const { reference, authorisation, amount } = moved;
    const body = { reference, authorisation, amount: amount?.amount };
    return door.ask({ method: 'POST', path, body, traceparent }, movementAnswer);
  };

  return {
    authorise: ({ reference, amount: { amount, currency }, token }, { traceparent }) =>
      door.ask(
        { method: 'POST', path: '/authorisations', body: { reference, amount, currency, source: token }, traceparent },
        authorisationAnswer,
      ),
    capture: (moved, context) => move('/captures', moved, context),
    void: (moved, context) => move('/voids', moved, context),
    refund: (moved, context) => move('/refunds', moved, context),
    authorisation: ({ reference }, { traceparent }) =>
      door.ask(
        { method: 'GET', path: `/authorisations/${encodeURIComponent(reference)}`, traceparent },
        standingAnswer,
      ),
    report({ day, after }, { traceparent }) {
      const place = placeOf(after);
      const path = `/report?day=${day}&after=${place.at}`;
      return door.ask({ method: 'GET', path, traceparent }, ({ status, body }) =>
        status === 200 ? pageOf(day, body, place) : refused(body),
      );
    },
  };
}

interface Movement {
  readonly reference: string;
  readonly authorisation: string;
  readonly amount?: Money;
}

type Standing = NonNullable<(typeof cardProcessor.calls.authorisation)['types']>['answer'];

function authorisationAnswer({ status, body }: HttpAnswer): Outcome<object> {
  if (status === 201) return done({});
  if (status === 402) return rejected({ code: 'card_declined', detail: 'The card was declined.' });
  if (errorOf(body) === 'already_voided')
    return rejected({ code: 'payment_voided', detail: 'The payment was voided before it was authorised.' });
  return refused(body);
}

function movementAnswer({ status, body }: HttpAnswer): Outcome<object> {
  return status === 200 ? done({}) : refused(body);
}

function standingAnswer({ status, body }: HttpAnswer): Outcome<Standing> {
  if (status === 404) return done({ status: 'none', amount: 0, captured: 0, voided: 0, refunded: 0 });
  if (status !== 200) return refused(body);
  const { status: standing, amount, captured, voided, refunded } = body as Standing;
  return done({ status: standing, amount, captured, voided, refunded });
}

const REFUSALS: Readonly<Record<string, string>> = {
  no_such_authorisation: 'The card processor knows no such authorisation.',
  amount_too_large: 'The amount is more than the card processor holds for it.',
  reference_reused: 'The card processor knows this payment with another amount.',
};

function refused(body: unknown): Outcome<never> {
  const detail = REFUSALS[errorOf(body) ?? ''] ?? 'The card processor refused the request.';
  return rejected({ code: 'processor_refused', detail });
}

function errorOf(body: unknown): string | undefined {
  const { error } = (body ?? {}) as { error?: unknown };
  return typeof error === 'string' ? error : undefined;
}
