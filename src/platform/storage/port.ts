import type { EventMetadata } from '../../kernel/heard-event.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';

/**
 * Where a service keeps its state: a log of events and documents, committed together. One storage is one service's own
 * database. Everything else (group commit, views, sagas, inbox) sits above this port, so every adapter runs the same code.
 */
export interface Storage {
  /** Which log this is. The epoch changes when a log is restored or moved, so that it is never mistaken for the old one. */
  readonly log: LogIdentity;

  /**
   * Writes a whole batch or nothing. Positions are gapless and in commit order within each partition.
   * Never throws for what the batch or the connection does: the result says done, conflict, refused or unknown.
   */
  commit(batch: Commit): Promise<CommitResult>;

  /**
   * Finds out what became of a commit of unknown fate: waits for a transaction that may still be running, takes new fences
   * for its partitions so that it can never take effect later, and tells whether it did. Throws when the storage is out of reach.
   */
  settle(commitId: string, partitions: readonly number[], owner: string): Promise<Settled>;

  /** Events of several streams at once, each after a version, in version order. */
  readStreams(wanted: readonly StreamPosition[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>>;

  /**
   * The events at the next `limit` positions (10,000 at most) of each partition after `after`, in position order within it.
   * Positions are gapless: a partition with fewer has come to its end.
   */
  readFeed(after: Positions, limit: number): Promise<readonly StoredEvent[]>;

  /** The last committed position of every partition. */
  heads(): Promise<Positions>;

  /** Takes the partitions that are free or whose lease has run out, or are already this owner's, up to `most`. */
  acquire(owner: string, leaseMs: number, most?: number): Promise<readonly Lease[]>;
  /** Lengthens leases; answers those that are still held. */
  renew(leases: readonly Lease[], leaseMs: number): Promise<readonly Lease[]>;
  release(leases: readonly Lease[]): Promise<void>;

  /** Documents by key; what does not exist is not in the map. */
  documents(
    collection: Collection,
    generation: number,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument>>;
  /** Documents by a declared index. */
  query(query: DocumentQuery): Promise<readonly StoredDocument[]>;
  /** Deletes a generation of a collection, in small steps. */
  dropGeneration(collection: Collection, generation: number): Promise<void>;

  idempotencyRecords(keys: readonly string[]): Promise<ReadonlyMap<string, IdempotencyRecord>>;
  /** Where a subscription stands; empty when it has never run. */
  positions(subscription: string, generation: number): Promise<SubscriptionPosition | undefined>;

  /** Removes what has outlived its keeping: idempotency records older than `before` (ms). Answers how many. */
  expireIdempotency(before: number): Promise<number>;
  close(): Promise<void>;
}

export interface LogIdentity {
  /** The service that owns the log. */
  readonly name: string;
  readonly epoch: string;
  readonly partitions: number;
}

/** The last position read or written, by partition; index is the partition. */
export type Positions = readonly number[];

export interface StreamPosition {
  readonly stream: string;
  readonly afterVersion: number;
}

export interface NewEvent {
  readonly partition: number;
  readonly stream: string;
  /** 1 for the first event of a stream; (stream, version) is unique. */
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

export interface StoredEvent extends NewEvent {
  /** 1 for the first event of a partition; gapless. */
  readonly position: number;
  /** When it was decided, in ms. */
  readonly at: number;
}

export interface Commit {
  /** Names this commit for `settle`; unique. */
  readonly id: string;
  readonly at: number;
  /** Every partition that `events` touch must be among these, with its current fence. */
  readonly fences: readonly Fence[];
  readonly events: readonly NewEvent[];
  /** Several writes to one key follow each other in order; so do several advances of one position. */
  readonly documents: readonly DocumentWrite[];
  readonly idempotency: readonly IdempotencyRecord[];
  readonly positions: readonly PositionAdvance[];
}

export type CommitResult =
  /** `firstPositions[p]` is the position of the batch's first event in partition p. */
  | { readonly fate: 'done'; readonly firstPositions: ReadonlyMap<number, number> }
  | { readonly fate: 'conflict'; readonly conflicts: readonly Conflict[] }
  /** The database will never take this batch (a value it cannot store). Bisect to find the culprit. */
  | { readonly fate: 'refused'; readonly cause: Error }
  /** Nothing was written and trying again later may help (disk full, too many connections, server starting). */
  | { readonly fate: 'unavailable'; readonly cause: Error }
  | { readonly fate: 'unknown'; readonly cause: Error };

export type Conflict =
  | { readonly kind: 'stream'; readonly stream: string }
  | { readonly kind: 'document'; readonly collection: string; readonly key: string }
  | { readonly kind: 'idempotency'; readonly key: string }
  | { readonly kind: 'position'; readonly subscription: string }
  | { readonly kind: 'fence'; readonly partition: number };

/** How long `settle` keeps the partitions it takes, in ms; the owner renews them as any other lease. */
export const SETTLE_LEASE_MS = 10_000;

export interface Settled {
  readonly committed: boolean;
  /** As in `CommitResult`, when it was committed. */
  readonly firstPositions: ReadonlyMap<number, number>;
  readonly leases: readonly Lease[];
}

export interface Fence {
  readonly partition: number;
  /** A fencing token: grows whenever a partition changes hands. */
  readonly fence: number;
}

export interface Lease extends Fence {
  readonly owner: string;
  /** When it runs out unless renewed, in ms of the storage's clock. */
  readonly until: number;
}

export interface DocumentWrite {
  readonly collection: Collection;
  /** 0 unless the collection is a view that is rebuilt blue/green. */
  readonly generation: number;
  readonly key: string;
  /** null deletes. */
  readonly body: JsonObject | null;
  /** Compare-and-set: the version it must have now (0: must not exist). Absent: whatever is there is replaced. */
  readonly expectedVersion?: number;
}

export interface StoredDocument {
  readonly key: string;
  /** Grows by one with each write. */
  readonly version: number;
  readonly body: JsonObject;
}

/**
 * Documents by a declared index: equality on `where`, then ordered by the index's last field, ties by key. With `range` it is the
 * index that ends with its field; with `order` alone the first declared one of the `where` fields and one more; with neither
 * (or where there is no such index) one of exactly the `where` fields, ordered by key; `where: {}` is then the whole generation.
 * A document without the ordering field is not in the index.
 */
export interface DocumentQuery {
  readonly collection: Collection;
  readonly generation: number;
  /** Equality; with `range` and `order` it must be covered by a declared index. */
  readonly where: Readonly<Record<string, string | number>>;
  /** Bounds on the field that follows the `where` fields in the index. */
  readonly range?: { readonly field: string; readonly from?: string | number; readonly below?: string | number };
  readonly order?: 'ascending' | 'descending';
  /** Where the page before ended: the ordering field's value (null when ordered by key) and the key. */
  readonly after?: { readonly value: string | number | null; readonly key: string };
  /** At most 10,000 come back. */
  readonly limit: number;
}

export interface IdempotencyRecord {
  /** Scope (principal and route) and key in one text. */
  readonly key: string;
  readonly bodyHash: string;
  readonly answer: Json;
  readonly at: number;
}

export interface SubscriptionPosition {
  readonly epoch: string;
  readonly positions: Positions;
  /** Fencing token of the subscriber; a stale one can no longer advance. */
  readonly fence: number;
}

/** A fenced compare-and-set of a subscription's position, committed with its effects. */
export interface PositionAdvance {
  readonly subscription: string;
  readonly generation: number;
  readonly epoch: string;
  readonly fence: number;
  /** What must be there now; undefined when it has never run. */
  readonly from: Positions | undefined;
  readonly to: Positions;
}

/** Another service's published events, as the bus may read them: only the types of its contract. */
export interface OutboxFeed {
  readonly log: LogIdentity;
  /** The published ones among the events at the next `limit` positions (10,000 at most) of each partition: none may be among them. */
  readFeed(after: Positions, limit: number): Promise<readonly StoredEvent[]>;
  heads(): Promise<Positions>;
  close(): Promise<void>;
}
