import type { MemoryDocument, MemoryState } from './memory-state.ts';
import type { Commit, CommitResult, Conflict, DocumentWrite, PositionAdvance, SubscriptionPosition } from './port.ts';
import { storableJson } from './storable.ts';

/** Writes the batch or names everything that stands against it. Throws when a value can never be stored; then nothing is written. */
export function memoryCommit(state: MemoryState, batch: Commit): CommitResult {
  if (batch.fences.length === 0 && state.pastCommits.has(batch.id)) {
    throw new RangeError(`commit ${batch.id} was made or settled before`);
  }
  const conflicts = new Map<string, Conflict>();
  const conflict = (found: Conflict) => conflicts.set(JSON.stringify(found), found);
  checkFences(state, batch, conflict);
  const documents = stageDocuments(state, batch.documents, conflict);
  const idempotency = stageIdempotency(state, batch, conflict);
  const positions = stagePositions(state, batch.positions, conflict);
  const events = stageEvents(state, batch, conflict);
  if (conflicts.size > 0) return { fate: 'conflict', conflicts: [...conflicts.values()] };

  for (const { stream, version, partition, json } of events.rows) {
    state.partitions[partition]?.events.push(json);
    const versions = state.streams.get(stream) ?? new Map<number, string>();
    state.streams.set(stream, versions.set(version, json));
  }
  for (const [table, rows] of documents) {
    const kept = state.documents.get(table) ?? new Map<string, MemoryDocument>();
    for (const [key, row] of rows) row === undefined ? kept.delete(key) : kept.set(key, row);
    state.documents.set(table, kept);
  }
  for (const [key, json] of idempotency) state.idempotency.set(key, json);
  for (const [key, position] of positions) state.positions.set(key, JSON.stringify(position));
  for (const { partition } of batch.fences) {
    const head = state.partitions[partition];
    if (head) head.lastCommit = { id: batch.id, firstPosition: events.firstPositions.get(partition) };
  }
  if (batch.fences.length === 0) state.pastCommits.set(batch.id, { committed: true, firstPositions: new Map() });
  return { fate: 'done', firstPositions: events.firstPositions };
}

type Report = (conflict: Conflict) => void;

function checkFences(state: MemoryState, batch: Commit, conflict: Report): void {
  const fenced = new Set<number>();
  for (const { partition, fence } of batch.fences) {
    fenced.add(partition);
    if (state.partitions[partition]?.fence !== fence) conflict({ kind: 'fence', partition });
  }
  for (const { partition } of batch.events) if (!fenced.has(partition)) conflict({ kind: 'fence', partition });
}

function stageEvents(state: MemoryState, batch: Commit, conflict: Report) {
  const next = state.partitions.map((partition) => partition.events.length + 1);
  const firstPositions = new Map<number, number>();
  const staged = new Set<string>();
  const rows = batch.events.map((event) => {
    const { partition, stream, version } = event;
    const place = JSON.stringify([stream, version]);
    if (state.streams.get(stream)?.has(version) || staged.has(place)) conflict({ kind: 'stream', stream });
    staged.add(place);
    const position = next[partition] ?? 0;
    next[partition] = position + 1;
    if (!firstPositions.has(partition)) firstPositions.set(partition, position);
    return { partition, stream, version, json: storableJson({ ...event, position, at: batch.at }) };
  });
  return { rows, firstPositions };
}

/** The documents after the batch, by table and key; writes to one key follow each other in order. */
function stageDocuments(state: MemoryState, writes: readonly DocumentWrite[], conflict: Report) {
  const staged = new Map<string, Map<string, MemoryDocument | undefined>>();
  for (const { collection, generation, key, body, expectedVersion } of writes) {
    const table = `${collection.name}/${generation}`;
    const rows = staged.get(table) ?? new Map<string, MemoryDocument | undefined>();
    staged.set(table, rows);
    const now = rows.has(key) ? rows.get(key) : state.documents.get(table)?.get(key);
    const version = now?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== version) {
      conflict({ kind: 'document', collection: collection.name, key });
    }
    rows.set(key, body === null ? undefined : { version: version + 1, json: storableJson(body) });
  }
  return staged;
}

function stageIdempotency(state: MemoryState, batch: Commit, conflict: Report) {
  const staged = new Map<string, string>();
  for (const record of batch.idempotency) {
    const known = state.idempotency.has(record.key) || staged.has(record.key);
    if (known) conflict({ kind: 'idempotency', key: record.key });
    staged.set(record.key, storableJson(record));
  }
  return staged;
}

function stagePositions(state: MemoryState, advances: readonly PositionAdvance[], conflict: Report) {
  const staged = new Map<string, SubscriptionPosition>();
  for (const { subscription, generation, epoch, fence, from, to } of advances) {
    const place = JSON.stringify([subscription, generation]);
    const json = state.positions.get(place);
    const now = staged.get(place) ?? (json === undefined ? undefined : (JSON.parse(json) as SubscriptionPosition));
    const asExpected = JSON.stringify(now?.positions) === JSON.stringify(from);
    if (!asExpected || (now !== undefined && now.fence > fence)) conflict({ kind: 'position', subscription });
    staged.set(place, { epoch, positions: to, fence });
  }
  return staged;
}
