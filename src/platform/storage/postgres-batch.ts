import { type MergedBatch, type MergedWrite, mergeBatch } from './merged-writes.ts';
import type { Commit, Conflict, PositionAdvance } from './port.ts';
import { int4Array, int8Array, jsonArray, textArray } from './postgres-arrays.ts';
import { SECTION, SECTION_KINDS } from './postgres-commit-function.ts';
import { storableJson } from './storable.ts';

export interface EncodedBatch {
  /** The parameters of the commit function, in its order. */
  readonly values: readonly unknown[];
  readonly contradictions: readonly Conflict[];
  /** Partition and number of events of each fence, in the order in which the function answers first positions. */
  readonly fenced: readonly { readonly partition: number; readonly count: number }[];
}

/** A batch as the parameters of the commit function. Throws when a value can never be stored. */
export function encodeBatch(batch: Commit, collectionIndex: ReadonlyMap<string, number>): EncodedBatch {
  const merged = mergeBatch(batch);
  const counts = new Map<number, number>();
  const ranks = batch.events.map(({ partition }) => {
    const rank = (counts.get(partition) ?? 0) + 1;
    counts.set(partition, rank);
    return rank;
  });
  const fences = [...new Map(batch.fences.map((fence) => [fence.partition, fence])).values()];
  fences.sort((a, b) => a.partition - b.partition);
  const fenced = fences.map(({ partition }) => ({ partition, count: counts.get(partition) ?? 0 }));
  const { events } = batch;
  const records = [...batch.idempotency].sort((a, b) => (a.key < b.key ? -1 : 1));
  const values = [
    batch.id,
    batch.at,
    merged.contradictions.length > 0,
    int4Array(fences.map((fence) => fence.partition)),
    int8Array(fences.map((fence) => fence.fence)),
    int4Array(fenced.map((each) => each.count)),
    int4Array(events.map((event) => event.partition)),
    int4Array(ranks),
    textArray(events.map((event) => event.stream)),
    int8Array(events.map((event) => event.version)),
    textArray(events.map((event) => event.type)),
    int4Array(events.map((event) => event.schemaVersion)),
    jsonArray(events.map((event) => storableJson(event.data))),
    jsonArray(events.map((event) => storableJson(event.metadata))),
    textArray(records.map((record) => record.key)),
    textArray(records.map((record) => record.bodyHash)),
    jsonArray(records.map((record) => storableJson(record.answer))),
    int8Array(records.map((record) => record.at)),
    ...encodePositions(merged.positions),
    ...encodeDocuments(merged, collectionIndex),
  ];
  return { values, contradictions: merged.contradictions, fenced };
}

function encodePositions(advances: readonly PositionAdvance[]): readonly Buffer[] {
  const sorted = [...advances].sort((a, b) => (a.subscription < b.subscription ? -1 : 1));
  return [
    textArray(sorted.map((advance) => advance.subscription)),
    int4Array(sorted.map((advance) => advance.generation)),
    textArray(sorted.map((advance) => advance.epoch)),
    int8Array(sorted.map((advance) => advance.fence)),
    textArray(sorted.map(({ from }) => (from === undefined ? null : `{${from.join(',')}}`))),
    textArray(sorted.map(({ to }) => `{${to.join(',')}}`)),
  ];
}

/**
 * Documents go in sections: one collection and one kind of write each, rows in key order, so that two commits lock common
 * documents in the same order.
 */
function encodeDocuments(merged: MergedBatch, collectionIndex: ReadonlyMap<string, number>): readonly Buffer[] {
  const rows = merged.documents
    .map((each) => ({ ...each, code: codeOf(each, collectionIndex) }))
    .sort((a, b) => a.code - b.code || a.write.generation - b.write.generation || (a.write.key < b.write.key ? -1 : 1));
  const sections: { code: number; first: number; last: number }[] = [];
  for (const [index, { code }] of rows.entries()) {
    const open = sections.at(-1);
    if (open?.code === code) open.last = index + 1;
    else sections.push({ code, first: index + 1, last: index + 1 });
  }
  return [
    int4Array(sections.map((section) => section.code)),
    int4Array(sections.map((section) => section.first)),
    int4Array(sections.map((section) => section.last)),
    int4Array(rows.map((row) => row.write.generation)),
    textArray(rows.map((row) => row.write.key)),
    int8Array(rows.map((row) => row.expected ?? -1)),
    int8Array(rows.map((row) => (row.restarted ? row.added : (row.expected ?? 0) + row.added))),
    jsonArray(rows.map((row) => (row.body === null ? null : storableJson(row.body)))),
  ];
}

function codeOf(
  { write, expected, body, restarted }: MergedWrite,
  collectionIndex: ReadonlyMap<string, number>,
): number {
  const base = (collectionIndex.get(write.collection.name) ?? 0) * SECTION_KINDS;
  if (body === null) return base + SECTION.delete;
  if (expected === 0) return base + SECTION.create;
  if (expected !== undefined) return base + SECTION.update;
  return base + (restarted ? SECTION.replace : SECTION.upsert);
}
