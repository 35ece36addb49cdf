import type { Rejection } from './rejection.ts';

/**
 * The answer of somebody else: done, rejected, or unknown. Unknown means that the effect may or may not have happened;
 * whoever asked repeats the question with the same key, or undoes it by reference.
 */
export type Outcome<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

/** Why an answer is unknown. `circuit_open` and `overloaded` say that the question was never sent. */
export type UnknownReason = 'timeout' | 'unreachable' | 'fault' | 'circuit_open' | 'overloaded';

export function done<Answer>(answer: Answer): Outcome<Answer> {
  return { kind: 'done', answer };
}

export function rejected(rejection: Rejection): Outcome<never> {
  return { kind: 'rejected', rejection };
}

export function unknown(reason: UnknownReason): Outcome<never> {
  return { kind: 'unknown', reason };
}
