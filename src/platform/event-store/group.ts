import type { Commit, DocumentWrite, Fence, IdempotencyRecord, PositionAdvance, StoredEvent } from '../storage/port.ts';
import { type AggregateCache, restore, type StreamEntry } from './aggregate-cache.ts';
import type { Pending } from './pending.ts';
import { snapshotWrite, stateDocument } from './snapshots.ts';

/** Works that are committed together, and what they come to. */
export interface Group {
  /** In the order of their decisions: works that write, and works whose answer rests on this group. */
  readonly works: Pending[];
  /** Those of `works` that write something. */
  readonly writers: Set<Pending>;
  readonly events: StoredEvent[];
  /** By collection, generation and key. */
  readonly documents: Map<string, DocumentWrite>;
  readonly idempotency: IdempotencyRecord[];
  readonly positions: PositionAdvance[];
  /** The streams it changes. */
  readonly changed: StreamEntry[];
  /** Partitions whose ownership the commit must confirm, though it may write nothing there. */
  readonly confirms: Set<number>;
  /** Called when it has landed, whatever its fate; with a fault when that takes too long to wait for. */
  readonly onLanded: ((fault?: Error) => void)[];
}

export interface GroupLimits {
  readonly works: number;
  readonly events: number;
}

export function newGroup(): Group {
  return {
    works: [],
    writers: new Set(),
    events: [],
    documents: new Map(),
    idempotency: [],
    positions: [],
    changed: [],
    confirms: new Set(),
    onLanded: [],
  };
}

/**
 * Whether the work may join. A full group takes no more; a compare-and-set of a document that the group writes, or a second
 * advance of one position, must meet what the first has left in the database, so it waits for the next group.
 */
export function accepts(group: Group, { work }: Pending, limits: GroupLimits): boolean {
  if (group.works.length === 0) return true;
  if (group.works.length >= limits.works || group.events.length >= limits.events) return false;
  if (work.position !== undefined) {
    const { subscription } = work.position;
    if (group.positions.some((each) => each.subscription === subscription)) return false;
  }
  return !work.documents?.some(
    (write) => write.expectedVersion !== undefined && group.documents.has(documentKey(write)),
  );
}

/** Makes the accepted work a part of the group. */
export function join(group: Group, pending: Pending, events: readonly StoredEvent[], now: number): void {
  const { documents, idempotency, position } = pending.work;
  for (const event of events) group.events.push(event);
  if (documents !== undefined) for (const write of documents) putDocument(group, write);
  if (idempotency !== undefined) group.idempotency.push({ ...idempotency, at: now });
  if (position !== undefined) group.positions.push(position);
  group.works.push(pending);
  group.writers.add(pending);
}

/** Whether there is anything to commit. */
export function needsCommit(group: Group): boolean {
  return group.writers.size > 0 || group.confirms.size > 0;
}

/** The partitions whose fences the group's commit carries. */
export function partitionsOf(group: Group): readonly number[] {
  const partitions = new Set(group.confirms);
  for (const event of group.events) partitions.add(event.partition);
  return [...partitions].sort((a, b) => a - b);
}

/** Fixes the group's end and makes it a batch, with `beside` in it. Throws what an aggregate's `encode` throws. */
export function seal(
  group: Group,
  id: string,
  at: number,
  fences: readonly Fence[],
  beside: readonly DocumentWrite[],
): Commit {
  for (const event of group.events) (event as { at: number }).at = at;
  for (const entry of group.changed) {
    const { aggregate, stream, committedVersion, version, state } = entry;
    entry.inFlightIn = group;
    entry.inFlightVersion = version;
    entry.inFlightState = state;
    const snapshot = snapshotWrite(aggregate, stream, committedVersion, version, state);
    if (snapshot !== undefined) putDocument(group, snapshot);
    const document = stateDocument(aggregate, entry.id, version, state);
    if (document !== undefined) putDocument(group, document);
  }
  const { events, idempotency, positions } = group;
  return { id, at, fences, events, documents: [...group.documents.values(), ...beside], idempotency, positions };
}

/** The group is written: its ends are the committed states, its events have their positions. */
export function settleCommitted(
  group: Group,
  firstPositions: ReadonlyMap<number, number>,
  heads: readonly number[],
  cache: AggregateCache,
): readonly number[] {
  const next = [...heads];
  for (const [partition, first] of firstPositions) next[partition] = first - 1;
  for (const event of group.events) {
    const position = (next[event.partition] ?? 0) + 1;
    next[event.partition] = position;
    (event as { position: number }).position = position;
  }
  for (const entry of group.changed) {
    // An entry that was forgotten meanwhile is loaded again from what is written.
    if (entry.inFlightIn === group) {
      entry.inFlightIn = undefined;
      entry.committedVersion = entry.inFlightVersion;
      entry.committedState = entry.inFlightState;
    }
    if (entry.changedIn === group) entry.changedIn = undefined;
    cache.unpin(entry);
  }
  return Object.freeze(next);
}

/** The group is not written, and nothing may rest on it any longer. */
export function rollBack(group: Group, cache: AggregateCache): void {
  for (const entry of group.changed) {
    if (entry.inFlightIn === group) entry.inFlightIn = undefined;
    if (entry.loaded) restore(entry);
    cache.unpin(entry);
  }
}

export function documentKey({ collection, generation, key }: DocumentWrite): string {
  return `${collection.name}/${generation}/${key}`;
}

/** The later write wins; what the first one compared is still compared. */
function putDocument(group: Group, write: DocumentWrite): void {
  const key = documentKey(write);
  const earlier = group.documents.get(key);
  group.documents.set(
    key,
    earlier?.expectedVersion === undefined ? write : { ...write, expectedVersion: earlier.expectedVersion },
  );
}
