import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { Storage, StoredDocument, StoredEvent } from '../storage/port.ts';
import { type StreamEntry, setCommitted } from './aggregate-cache.ts';
import { UnavailableFault } from './port.ts';
import { DOCUMENT_VERSION, readSnapshot, STREAM_VERSION, snapshots } from './snapshots.ts';
import { upcast } from './upcast.ts';

type Reader = Pick<Storage, 'documents' | 'readStreams'>;

/**
 * Loads streams in at most two round trips: documents, snapshots and plain streams first, then what follows the snapshots
 * and the logs of those without a document. `stillOurs` tells whether what was read may be kept. Throws when the storage cannot
 * be read; a single stream that cannot be understood gets its fault.
 */
export async function loadStreams(
  storage: Reader,
  entries: readonly StreamEntry[],
  stillOurs: (partition: number) => boolean,
): Promise<void> {
  const bases = new Map<StreamEntry, { readonly version: number; readonly state: unknown }>();
  const kept = Map.groupBy(
    entries.filter(isKept),
    ({ aggregate }): Collection => aggregate.document?.collection ?? snapshots,
  );
  const logs = new Map<string, readonly StoredEvent[]>();
  const readLogs = async (wanted: readonly StreamEntry[]) => {
    if (wanted.length === 0) return;
    const positions = wanted.map((entry) => ({ stream: entry.stream, afterVersion: bases.get(entry)?.version ?? 0 }));
    for (const [stream, events] of await storage.readStreams(positions)) logs.set(stream, events);
  };
  const readKept = async ([collection, those]: readonly [Collection, readonly StreamEntry[]]) => {
    const documents = await storage.documents(collection, 0, those.map(keyOf));
    for (const entry of those) readBase(entry, documents.get(keyOf(entry)), bases);
  };
  for (const entry of entries) entry.fault = undefined;
  await Promise.all([readLogs(entries.filter((entry) => !isKept(entry))), ...[...kept].map(readKept)]);
  // A document is the newest state; only a snapshot, or nothing at all, leaves events to be read.
  await readLogs(
    entries.filter((entry) => isKept(entry) && !(bases.has(entry) && entry.aggregate.document !== undefined)),
  );
  for (const entry of entries) {
    if (entry.loaded || entry.fault !== undefined || !stillOurs(entry.partition)) continue;
    foldInto(entry, bases.get(entry), logs.get(entry.stream) ?? []);
  }
}

function keyOf(entry: StreamEntry): string {
  return entry.aggregate.document === undefined ? entry.stream : entry.id;
}

/** Whether a document or a snapshot may hold the state, or a part of it. */
function isKept({ aggregate }: StreamEntry): boolean {
  return aggregate.document !== undefined || aggregate.snapshot !== undefined;
}

function readBase(
  entry: StreamEntry,
  document: StoredDocument | undefined,
  bases: Map<StreamEntry, { readonly version: number; readonly state: unknown }>,
): void {
  if (document === undefined) return;
  const { aggregate } = entry;
  if (aggregate.document === undefined) {
    const base = readSnapshot(aggregate, document.body);
    if (base !== undefined) bases.set(entry, base);
    return;
  }
  const { [STREAM_VERSION]: version, [DOCUMENT_VERSION]: made = 1, ...body } = document.body;
  // What another release made may lack what this one keeps, or hold what it would lose: the log knows.
  if (typeof version !== 'number' || made !== (aggregate.document.version ?? 1)) return;
  try {
    bases.set(entry, { version, state: aggregate.document.decode(body as JsonObject) });
  } catch (cause) {
    entry.fault = new UnavailableFault(`the document of ${entry.stream} cannot be decoded`, { cause });
  }
}

function foldInto(
  entry: StreamEntry,
  base: { readonly version: number; readonly state: unknown } | undefined,
  events: readonly StoredEvent[],
): void {
  const { decider } = entry.aggregate;
  let version = base?.version ?? 0;
  let state: unknown = base === undefined ? decider.initial : base.state;
  try {
    for (const event of events) {
      state = decider.evolve(state, upcast(entry.aggregate.events, event));
      version = event.version;
    }
    setCommitted(entry, version, state);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    entry.fault = new UnavailableFault(`stream ${entry.stream} cannot be loaded: ${why}`, { cause });
  }
}
