import type { JsonObject } from '../../kernel/json.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Rejection } from '../../kernel/rejection.ts';

/** A refusal on its way to the caller: thrown in a route, answered once as RFC 9457 with the status of its code. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly detail: string;
  readonly extra: JsonObject | undefined;

  /** `code` is one of the catalogue; `detail` and `extra` are shown to the caller. */
  constructor(code: string, detail: string, extra?: JsonObject) {
    super(detail);
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}

/** A service's rejection as the problem that its caller sees. */
export function problemOf(rejection: Rejection): Problem {
  return new Problem(rejection.code, rejection.detail, rejection.extra);
}

/** The answer of a call. Throws the problem of a rejection, and `unavailable` when the outcome is unknown. */
export function answerOf<Answer>(outcome: Outcome<Answer>): Answer {
  if (outcome.kind === 'done') return outcome.answer;
  if (outcome.kind === 'rejected') throw problemOf(outcome.rejection);
  throw new Problem(
    'unavailable',
    'A part of the shop did not answer in time. Ask again with the same Idempotency-Key.',
  );
}
