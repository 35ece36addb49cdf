import type { Rejection } from '../../kernel/rejection.ts';
import type { IdempotencyRecord, Positions, StoredEvent } from '../storage/port.ts';
import type { StreamEntry } from './aggregate-cache.ts';
import { type Decided, IdempotencyConflict, type Work } from './port.ts';

/** A work on its way: from its arrival until its fate is known. */
export interface Pending {
  readonly work: Work;
  readonly resolve: (decided: Decided) => void;
  readonly reject: (fault: Error) => void;
  /** Asks only what is kept under its idempotency key. */
  readonly isLookup: boolean;
  /** The caller has its answer. The work itself may still be under way when its fate took too long. */
  answered: boolean;
  /** By intent; empty while the work is not admitted. */
  entries: readonly StreamEntry[];
  /**
   * Whether the record under its idempotency key has to be looked up before it is decided. At first it has not: a work that
   * writes finds out by writing whether its key is new.
   */
  needsRecord: boolean;
  /** The record under its idempotency key: undefined when not looked up, null when there is none. */
  record: IdempotencyRecord | null | undefined;
  outcome: Outcome | undefined;
  /** How often a conflict has sent it back. */
  attempts: number;
  /** Works with the same idempotency key that came later. */
  readonly followers: Pending[];
}

/** What deciding came to; told to the caller only after the commits it rests on. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly events: StoredEvent[]; readonly skipped: readonly Skipped[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection; readonly index: number }
  | { readonly kind: 'fault'; readonly fault: Error };

export interface Skipped {
  readonly index: number;
  readonly rejection: Rejection;
}

export const NOTHING_SKIPPED: readonly Skipped[] = Object.freeze([]);

export function newPending(
  work: Work,
  resolve: Pending['resolve'],
  reject: Pending['reject'],
  { isLookup, needsRecord }: Pick<Pending, 'isLookup' | 'needsRecord'>,
): Pending {
  return {
    work,
    isLookup,
    resolve,
    reject,
    answered: false,
    entries: [],
    needsRecord,
    record: undefined,
    outcome: undefined,
    attempts: 0,
    followers: [],
  };
}

/** Tells the caller what its outcome says. */
export function answer(pending: Pending, positions: Positions): void {
  const { outcome } = pending;
  if (outcome === undefined) throw new Error('answered before it was decided');
  if (outcome.kind === 'fault') pending.reject(outcome.fault);
  else if (outcome.kind === 'rejected')
    pending.resolve({ ok: false, rejection: outcome.rejection, index: outcome.index });
  else pending.resolve({ ok: true, events: outcome.events, skipped: outcome.skipped, positions });
}

/** Tells the caller what was kept under its key, or that the key was used for something else. */
export function replay(
  pending: Pending,
  kept: Pick<IdempotencyRecord, 'bodyHash' | 'answer'>,
  positions: Positions,
): void {
  if (pending.work.idempotency?.bodyHash !== kept.bodyHash) {
    pending.reject(new IdempotencyConflict('the idempotency key was used with another body'));
  } else {
    pending.resolve({ ok: true, events: [], skipped: NOTHING_SKIPPED, replayed: kept.answer, positions });
  }
}
