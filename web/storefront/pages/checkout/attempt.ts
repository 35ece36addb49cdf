import type { Problem, Result } from '../../api.ts';
import type { PurchaseBody } from './view.ts';

/** What is asked for, and the key that makes every repetition of it the same. */
export interface Wish {
  readonly key: string;
  readonly body: PurchaseBody;
}

/**
 * An attempt to buy. `asking`: no answer yet; `waiting`: there was none, or not the last one, and the same is asked again;
 * `refused`: it came to nothing, and the next attempt is a new one; `done`: there is an order.
 */
export type Attempt =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking'; readonly wish: Wish; readonly tries: number }
  | { readonly phase: 'waiting'; readonly wish: Wish; readonly tries: number }
  | { readonly phase: 'refused'; readonly problem: Problem }
  | { readonly phase: 'done'; readonly orderId: string };

export type AttemptEvent =
  | { readonly type: 'pay'; readonly wish: Wish }
  /** Of the attempt with this key; what comes for an older one is nobody's any more. */
  | { readonly type: 'answered'; readonly key: string; readonly result: Result<{ readonly orderId: string }> }
  | { readonly type: 'again' }
  /** The shopper has changed something: what was said is no longer true. */
  | { readonly type: 'edited' };

/** Codes after which nobody knows yet, or somebody else is about to: the same key is asked again. */
const ASK_AGAIN: ReadonlySet<string> = new Set([
  'unavailable',
  'internal_error',
  'idempotency_key_in_use',
  'too_many_requests',
]);

/** The attempt after an event. A second press while one is under way changes nothing. */
export function after(attempt: Attempt, event: AttemptEvent): Attempt {
  switch (event.type) {
    case 'pay':
      return attempt.phase === 'idle' || attempt.phase === 'refused'
        ? { phase: 'asking', wish: event.wish, tries: 1 }
        : attempt;
    case 'again':
      return attempt.phase === 'waiting' ? { phase: 'asking', wish: attempt.wish, tries: attempt.tries + 1 } : attempt;
    case 'edited':
      return attempt.phase === 'refused' ? { phase: 'idle' } : attempt;
    case 'answered':
      return answered(attempt, event);
  }
}

function answered(attempt: Attempt, { key, result }: Extract<AttemptEvent, { type: 'answered' }>): Attempt {
  if (attempt.phase !== 'asking' || attempt.wish.key !== key) return attempt;
  if (result.kind === 'done') return { phase: 'done', orderId: result.answer.orderId };
  const isOpen = result.kind === 'offline' || result.problem.status >= 500 || ASK_AGAIN.has(result.problem.code);
  return isOpen
    ? { phase: 'waiting', wish: attempt.wish, tries: attempt.tries }
    : { phase: 'refused', problem: result.problem };
}

const PAUSES_MS = [500, 1_000, 2_000, 3_000, 5_000];

/** How long to wait before asking once more, in ms, after so many tries. */
export function pauseMs(tries: number): number {
  return PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1] ?? 0;
}
