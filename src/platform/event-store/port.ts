import type { DomainEvent } from '../../kernel/decider.ts';
import type { EventMetadata } from '../../kernel/heard-event.ts';
import type { Json } from '../../kernel/json.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import type { DocumentWrite, PositionAdvance, Positions, StoredEvent } from '../storage/port.ts';
import type { Aggregate, Intent } from './aggregate.ts';

/**
 * Decides commands and keeps what they come to. Commands that arrive together are decided in memory, against the state that
 * is about to be committed, and committed as one group; nobody is answered before the commits that the answer rests on.
 */
export interface EventStore {
  /**
   * Decides all intents and writes all or nothing: the events, the documents, the idempotency record and the position.
   * With `whenRejected: 'skip'` a rejected intent is left out and reported, and the rest is written.
   * Throws an UnavailableFault when the storage cannot be reached or this process does not own a stream's partition, a
   * ConflictFault when a document is not at its expected version, a StaleSubscriptionFault when the position has moved, an
   * IdempotencyConflict when the key was used with another body, a RefusedFault when the storage will never take the work.
   */
  decide(work: Work): Promise<Decided>;

  /** The committed state of a stream, its version, and whether it exists. Treat the state as read-only. */
  load<State, Command, Event extends DomainEvent, Code extends string>(
    aggregate: Aggregate<State, Command, Event, Code>,
    id: string,
  ): Promise<{ readonly state: State; readonly version: number }>;

  /** The events of a stream after a version, upcast to their newest version. Throws an UnavailableFault when they cannot be read. */
  history(
    aggregate: Aggregate<never, never, DomainEvent, never> | { readonly name: string },
    id: string,
    afterVersion?: number,
  ): Promise<readonly StoredEvent[]>;

  /** The answer kept under an idempotency key, or undefined. Throws an IdempotencyConflict when it was kept for another body. */
  answered(idempotency: { readonly key: string; readonly bodyHash: string }): Promise<Json | undefined>;

  /**
   * Calls `listener` after each commit that has events, with them in commit order and the heads after it.
   * What it throws is logged, never returned to the writer. The returned function unsubscribes.
   */
  onCommitted(listener: (events: readonly StoredEvent[], heads: Positions) => void): () => void;

  /** Stops taking work, finishes what was taken, releases the partitions. */
  close(): Promise<void>;
}

export interface Work {
  readonly intents: readonly Intent[];
  readonly whenRejected?: 'veto' | 'skip';
  readonly documents?: readonly DocumentWrite[];
  /** Kept with the effects in one commit. A second work with the same key gets the kept answer, or an IdempotencyConflict for another body. */
  readonly idempotency?: { readonly key: string; readonly bodyHash: string; readonly answer: Json };
  /** A subscription's position, committed with its effects. */
  readonly position?: PositionAdvance;
  readonly metadata?: EventMetadata;
  /** Called once, after the commit and before the answer. */
  readonly committed?: () => void;
}

export type Decided =
  | {
      readonly ok: true;
      /** What was appended, in order; empty when everything was already true. */
      readonly events: readonly StoredEvent[];
      /** The rejected intents (by index) of a work that skips them. */
      readonly skipped: readonly { readonly index: number; readonly rejection: Rejection }[];
      /** Set when the idempotency key was known: the answer kept with it. Nothing was decided. */
      readonly replayed?: Json;
      /** Read-your-writes: a view that has reached these positions shows this write. */
      readonly positions: Positions;
    }
  | { readonly ok: false; readonly rejection: Rejection; readonly index: number };

/** The storage cannot be reached, is full, or the partition is owned elsewhere. Nothing was acknowledged; asking again is safe. */
export class UnavailableFault extends Error {
  override readonly name = 'UnavailableFault';
}

/** The idempotency key was used before with another body. */
export class IdempotencyConflict extends Error {
  override readonly name = 'IdempotencyConflict';
}

/** A single work that the database will never take. Its neighbours were written. */
export class RefusedFault extends Error {
  override readonly name = 'RefusedFault';
}

/** A document that the work compares and sets is at another version. The work alone failed; read it again and ask again. */
export class ConflictFault extends Error {
  override readonly name = 'ConflictFault';
}

/** The subscription's position has been advanced by someone else. The work alone failed; go on from the stored position. */
export class StaleSubscriptionFault extends Error {
  override readonly name = 'StaleSubscriptionFault';
}
