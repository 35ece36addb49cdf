import { createHash } from 'node:crypto';
import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { DocumentWrite } from '../storage/port.ts';
import type { AnyAggregate } from './aggregate.ts';
import { writtenTypes } from './written.ts';

/** Every n-th state of the streams whose aggregate asks for it, by stream name. May be deleted at any time. */
export const snapshots: Collection = { name: 'snapshots', fields: {}, indexes: [] };

/** The event store's own collections; whoever opens the storage declares them beside the service's. */
export const eventStoreCollections: readonly Collection[] = [snapshots, writtenTypes];

/** The field of an aggregate's document that holds its stream's version. The rest of the body is what `encode` gave. */
export const STREAM_VERSION = 'streamVersion';

/** The field that holds the document's own version; absent for the first. */
export const DOCUMENT_VERSION = 'documentVersion';

const foldHashes = new WeakMap<AnyAggregate, string>();

/**
 * Tells folds apart: the declared fold number, the event versions, and the source of the functions that made the state. The
 * number is for what the source does not show, a change in a function that `evolve` calls.
 */
export function foldHash(aggregate: AnyAggregate): string {
  const known = foldHashes.get(aggregate);
  if (known !== undefined) return known;
  const { decider, snapshot, events } = aggregate;
  const versions = Object.entries(events).map(([type, schema]) => [type, (schema as { version: number }).version]);
  const parts = [snapshot?.fold, versions.sort(), `${decider.evolve}`, `${snapshot?.encode}`, `${snapshot?.decode}`];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
  foldHashes.set(aggregate, hash);
  return hash;
}

/** The snapshot that is due when a stream has gone from one version to another, or undefined. */
export function snapshotWrite(
  aggregate: AnyAggregate,
  stream: string,
  before: number,
  version: number,
  state: unknown,
): DocumentWrite | undefined {
  const policy = aggregate.snapshot;
  if (policy === undefined || Math.floor(version / policy.every) === Math.floor(before / policy.every))
    return undefined;
  const every = policy.every * (policy.stretch?.(state) ?? 1);
  if (Math.floor(version / every) === Math.floor(before / every)) return undefined;
  const body = { version, fold: policy.fold, hash: foldHash(aggregate), state: policy.encode(state) };
  return { collection: snapshots, generation: 0, key: stream, body };
}

/** The state and version in a snapshot; undefined when it was made by another fold or cannot be decoded. */
export function readSnapshot(
  aggregate: AnyAggregate,
  body: JsonObject,
): { readonly version: number; readonly state: unknown } | undefined {
  const policy = aggregate.snapshot;
  if (policy === undefined || body.fold !== policy.fold || body.hash !== foldHash(aggregate)) return undefined;
  if (typeof body.version !== 'number' || typeof body.state !== 'object' || body.state === null) return undefined;
  try {
    return { version: body.version, state: policy.decode(body.state as JsonObject) };
  } catch {
    return undefined;
  }
}

/** The document that keeps a stream's newest state, or undefined when its aggregate keeps none. */
export function stateDocument(
  aggregate: AnyAggregate,
  id: string,
  version: number,
  state: unknown,
): DocumentWrite | undefined {
  if (aggregate.document === undefined) return undefined;
  const { version: made = 1 } = aggregate.document;
  const body: JsonObject | null = aggregate.document.encode(state, id);
  return {
    collection: aggregate.document.collection,
    generation: 0,
    key: id,
    body: body === null ? null : { ...body, [STREAM_VERSION]: version, ...(made > 1 && { [DOCUMENT_VERSION]: made }) },
  };
}
