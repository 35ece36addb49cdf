import { LRUCache } from 'lru-cache';
import type { ViewDefinition } from '../../kernel/view.ts';
import type { LogFollower, OwnEvent } from '../bus/port.ts';
import type { DocumentWrite, PositionAdvance, Positions, Storage, StoredDocument } from '../storage/port.ts';
import type { Write } from './aside.ts';
import { type Folded, foldInto, keysTouched } from './fold.ts';

export interface GenerationOptions {
  readonly view: ViewDefinition;
  readonly generation: number;
  readonly follower: LogFollower<OwnEvent>;
  readonly storage: Pick<Storage, 'documents' | 'positions'>;
  readonly write: Write;
  /** Documents held in memory. */
  readonly cacheEntries: number;
}

export interface Step {
  /** Events read in this step, of whatever type. */
  readonly events: number;
  /** Nothing that was known of the log is left. */
  readonly drained: boolean;
}

/**
 * One generation of a view: its documents, and how far it has folded the log. After a write of unknown or other fate it is
 * opened anew, for what it holds in memory may no longer be what is stored.
 */
export interface Generation {
  readonly number: number;
  /** What its documents show. */
  positions(): Positions;
  /** When the last event that it has applied was decided, in ms; 0 when none was. */
  lastAppliedAt(): number;
  /** Folds the next events, at most `limit` a partition. Throws a ViewFault, or what the storage throws. */
  step(limit: number): Promise<Step>;
  /** The advance that makes what was skipped in memory durable, to be committed with something else. */
  advance(to?: Positions): PositionAdvance;
  /** Says that `advance()` was committed. */
  advanced(): void;
  /** A document as of `positions()`, from memory where it is there. */
  get(key: string): Promise<StoredDocument | undefined>;
}

/** The view cannot go on: an event cannot be read by this release, or the view's rules threw. */
export class ViewFault extends Error {
  override readonly name = 'ViewFault';
}

/** The generation belongs to an earlier epoch of the log: it shows something that is no more. */
export class OtherEpoch extends Error {
  override readonly name = 'OtherEpoch';
}

/** How many events without any change to a document are skipped before the position is written down. */
const MOST_SKIPPED = 20_000;

/** Opens a generation where it stands. Throws an OtherEpoch, or what the storage throws. */
export async function openGeneration(options: GenerationOptions): Promise<Generation> {
  const { view, generation, follower, storage, write } = options;
  const { collection } = view;
  const subscription = positionName(view);
  const types = new Set(view.types);
  const cache = new LRUCache<string, { readonly document: StoredDocument | undefined }>({ max: options.cacheEntries });
  const start: Positions = Array.from({ length: follower.log.partitions }, () => 0);
  const found = await storage.positions(subscription, generation);
  if (found !== undefined && found.epoch !== follower.log.epoch) {
    throw new OtherEpoch(`generation ${generation} of ${view.name} is of epoch ${found.epoch}`);
  }
  const fence = (found?.fence ?? 0) + 1;
  let stored = found?.positions;
  let applied = stored ?? start;
  let lastAppliedAt = 0;

  let ahead:
    | { readonly from: Positions; readonly limit: number; readonly batch: ReturnType<typeof follower.read> }
    | undefined;

  /** The batch that was read ahead, or one read now. */
  function next(limit: number) {
    const batch = ahead?.from === applied && ahead.limit === limit ? ahead.batch : follower.read(applied, limit);
    ahead = undefined;
    return batch;
  }

  /** Reads the batch after this one while this one is folded and written. What goes wrong is thrown by the step that wants it. */
  function readAhead(from: Positions, limit: number): void {
    const batch = follower.read(from, limit);
    batch.catch(() => undefined);
    ahead = { from, limit, batch };
  }

  function advance(to: Positions = applied): PositionAdvance {
    return { subscription, generation, epoch: follower.log.epoch, fence, from: stored, to };
  }

  /** The documents that the events touch: those in memory, and the rest in one query. */
  async function load(events: readonly OwnEvent[]): Promise<Map<string, StoredDocument | undefined>> {
    const documents = new Map<string, StoredDocument | undefined>();
    const missing: string[] = [];
    const born = new Set(view.perStream ? events.filter(({ version }) => version === 1).map(subjectOf) : []);
    for (const key of guarded(() => keysTouched(view, events))) {
      const held = cache.get(key);
      if (held !== undefined) documents.set(key, held.document);
      // A view from its first event on has nothing to read yet, and a stream's document begins with the stream.
      else if (stored === undefined || born.has(key)) documents.set(key, undefined);
      else missing.push(key);
    }
    const found = missing.length === 0 ? undefined : await storage.documents(collection, generation, missing);
    for (const key of missing) documents.set(key, found?.get(key));
    return documents;
  }

  async function apply(events: readonly OwnEvent[], to: Positions): Promise<void> {
    const before = await load(events);
    const folded: Folded = new Map();
    for (const [key, document] of before) folded.set(key, document?.body);
    const changed = guarded(() => foldInto(view, folded, events));
    if (changed.size > 0 || distance(stored ?? start, to) > MOST_SKIPPED) {
      const writes: DocumentWrite[] = [];
      // Nobody else writes this generation, so that a new document can be inserted without a look for an older one.
      for (const key of changed) {
        const expectedVersion = before.get(key)?.version ?? 0;
        writes.push({ collection, generation, key, body: folded.get(key) ?? null, expectedVersion });
      }
      await write(writes, advance(to));
      stored = to;
    }
    for (const [key, document] of before) {
      const body = folded.get(key);
      if (!changed.has(key)) cache.set(key, { document });
      else cache.set(key, { document: body && { key, version: (document?.version ?? 0) + 1, body } });
    }
  }

  return {
    number: generation,
    positions: () => applied,
    lastAppliedAt: () => lastAppliedAt,
    async step(limit) {
      const { items, through } = await next(limit);
      const unread = items.findIndex((event) => event.unreadable !== undefined && types.has(event.type));
      if (unread === 0) throw new ViewFault(items[0]?.unreadable);
      const readable = unread < 0 ? items : items.slice(0, unread);
      const to = unread < 0 ? through : positionsAfter(applied, readable);
      const drained = unread < 0 && follower.known().every((head, partition) => head <= (to[partition] ?? 0));
      // A full batch: more is waiting.
      if (!drained && unread < 0 && items.length >= limit) readAhead(to, limit);
      await apply(
        readable.filter((event) => types.has(event.type)),
        to,
      );
      applied = to;
      for (const { at } of readable) lastAppliedAt = Math.max(lastAppliedAt, at);
      return { events: items.length, drained };
    },
    advance,
    advanced() {
      stored = applied;
    },
    async get(key) {
      const held = cache.get(key);
      if (held !== undefined) return held.document;
      return (await storage.documents(collection, generation, [key])).get(key);
    },
  };
}

/** The name that a view's positions are kept under. */
export function positionName(view: Pick<ViewDefinition, 'name'>): string {
  return `view/${view.name}`;
}

/** How many positions lie between. */
export function distance(from: Positions, to: Positions): number {
  return to.reduce((sum, position, partition) => sum + Math.max(0, position - (from[partition] ?? 0)), 0);
}

/** Whether everything up to `wanted` is in `positions`. */
export function reaches(positions: Positions, wanted: Positions): boolean {
  return wanted.every((position, partition) => position <= (positions[partition] ?? 0));
}

function positionsAfter(from: Positions, events: readonly OwnEvent[]): Positions {
  const positions = [...from];
  for (const { partition, position } of events) positions[partition] = position;
  return positions;
}

const subjectOf = ({ subject }: OwnEvent) => subject;

function guarded<Value>(rules: () => Value): Value {
  try {
    return rules();
  } catch (error) {
    throw new ViewFault(`the view's rules threw: ${String(error)}`, { cause: error });
  }
}
