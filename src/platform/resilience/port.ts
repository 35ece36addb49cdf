import type { CallContext } from '../../kernel/contract.ts';
import type { Outcome } from '../../kernel/outcome.ts';

/** A question that may fail in the three ways of a remote answer. It never throws: a fault is `unknown`. */
export type Ask<Request, Answer> = (request: Request, context: CallContext) => Promise<Outcome<Answer>>;

/** A resilience pattern: asks the same question with more care. */
export type Policy = <Request, Answer>(next: Ask<Request, Answer>) => Ask<Request, Answer>;

/** Policies from the outermost to the innermost as one policy. */
export function compose(...policies: readonly Policy[]): Policy {
  return (next) => policies.reduceRight((inner, policy) => policy(inner), next);
}
