import { type MergedWrite, mergeBatch } from './merged-writes.ts';
import type { Commit, Conflict, IdempotencyRecord, NewEvent, PositionAdvance } from './port.ts';
import { SECTION, SECTION_KINDS } from './postgres-commit-function.ts';
import type { ParameterWriter } from './postgres-wire.ts';
import { storableJson } from './storable.ts';

export interface EncodedBatch {
  /** Writes the parameters of the commit function, in its order. Throws when a value can never be stored. */
  readonly parameters: (writer: ParameterWriter) => void;
  /** What can never be true, whatever the storage holds. */
  readonly contradictions: readonly Conflict[];
  /** Partition and number of events of each fence, in the order in which the function answers first positions. */
  readonly fenced: readonly Fenced[];
}

interface Fenced {
  readonly partition: number;
  readonly fence: number;
  count: number;
}

interface Row extends MergedWrite {
  readonly code: number;
}

/** A batch as the parameters of the commit function. */
export function encodeBatch(batch: Commit, collectionIndex: ReadonlyMap<string, number>): EncodedBatch {
  const merged = mergeBatch(batch);
  const { fenced, ranks, unfenced } = rankEvents(batch);
  const records = sortedBy(batch.idempotency, keyOf);
  const rows = merged.documents.map((each): Row => ({ ...each, code: codeOf(each, collectionIndex) })).sort(byPlace);
  return {
    contradictions: [...merged.contradictions, ...unfenced],
    fenced,
    parameters(writer) {
      const { events } = batch;
      writer.text(batch.id);
      writer.int8(batch.at);
      writer.int4Array(fenced, partitionOf);
      writer.int8Array(fenced, fenceOf);
      writer.int4Array(fenced, countOf);
      writer.int4Array(events, partitionOf);
      writer.int4Array(ranks, itself);
      writer.textArray(events, streamOf);
      writer.int8Array(events, versionOf);
      writer.textArray(events, typeOf);
      writer.int4Array(events, schemaVersionOf);
      writer.jsonArray(events, dataOf);
      writer.jsonArray(events, metadataOf);
      writer.textArray(records, keyOf);
      writer.textArray(records, bodyHashOf);
      writer.jsonArray(records, answerOf);
      writer.int8Array(records, atOf);
      writer.json(encodeAdvances(merged.positions));
      writer.int4Array(sectionsOf(rows), itself);
      writer.int4Array(rows, generationOf);
      writer.textArray(rows, documentKeyOf);
      writer.int8Array(rows, expectedOf);
      writer.int8Array(rows, nextVersionOf);
      writer.jsonArray(rows, bodyOf);
    },
  };
}

const itself = (value: number) => value;
const partitionOf = (at: { readonly partition: number }) => at.partition;
const fenceOf = (fenced: Fenced) => fenced.fence;
const countOf = (fenced: Fenced) => fenced.count;
const streamOf = (event: NewEvent) => event.stream;
const versionOf = (event: NewEvent) => event.version;
const typeOf = (event: NewEvent) => event.type;
const schemaVersionOf = (event: NewEvent) => event.schemaVersion;
const dataOf = (event: NewEvent) => storableJson(event.data);
const metadataOf = (event: NewEvent) => storableJson(event.metadata);
const keyOf = (record: IdempotencyRecord) => record.key;
const bodyHashOf = (record: IdempotencyRecord) => record.bodyHash;
const answerOf = (record: IdempotencyRecord) => storableJson(record.answer);
const atOf = (record: IdempotencyRecord) => record.at;
const generationOf = (row: Row) => row.write.generation;
const documentKeyOf = (row: Row) => row.write.key;
const expectedOf = (row: Row) => row.expected ?? -1;
const nextVersionOf = (row: Row) => (row.restarted ? row.added : (row.expected ?? 0) + row.added);
const bodyOf = (row: Row) => (row.body === null ? null : storableJson(row.body));

/** Numbers the events of each fenced partition from 1 on. What has no fence, or two, is a contradiction. */
function rankEvents({ events, fences }: Commit) {
  const byPartition = new Map<number, Fenced>();
  const unfenced: Conflict[] = [];
  for (const { partition, fence } of fences) {
    if ((byPartition.get(partition)?.fence ?? fence) !== fence) unfenced.push({ kind: 'fence', partition });
    byPartition.set(partition, { partition, fence, count: 0 });
  }
  const fenced = [...byPartition.values()].sort((a, b) => a.partition - b.partition);
  const ranks = events.map(({ partition }) => {
    const mine = byPartition.get(partition);
    if (mine !== undefined) return ++mine.count;
    unfenced.push({ kind: 'fence', partition });
    return 0;
  });
  return { fenced, ranks, unfenced };
}

function encodeAdvances(advances: readonly PositionAdvance[]): string | null {
  if (advances.length === 0) return null;
  const rows = sortedBy(advances, ({ subscription }) => subscription).map(
    ({ subscription, generation, epoch, fence, from, to }) => ({
      ...{ subscription, generation, epoch, fence },
      was: from === undefined ? null : `{${from.join(',')}}`,
      reaches: `{${to.join(',')}}`,
    }),
  );
  return storableJson(rows);
}

/**
 * Documents go in sections: one collection and one kind of write each, rows in key order, so that two commits lock common
 * documents in the same order. A section is its code, its first and last row, and how many rows of the table it must meet.
 */
function sectionsOf(rows: readonly Row[]): readonly number[] {
  const sections: number[] = [];
  let code = -1;
  for (const [index, row] of rows.entries()) {
    if (row.code !== code) sections.push(row.code, index + 1, index + 1, 0);
    code = row.code;
    sections[sections.length - 2] = index + 1;
    const mayMiss = row.body === null && (row.expected ?? 0) === 0;
    if (!mayMiss) sections[sections.length - 1] = (sections.at(-1) ?? 0) + 1;
  }
  return sections;
}

function byPlace(a: Row, b: Row): number {
  return a.code - b.code || a.write.generation - b.write.generation || compare(a.write.key, b.write.key);
}

function sortedBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return items.length < 2 ? items : [...items].sort((a, b) => compare(key(a), key(b)));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function codeOf({ write, expected, body, restarted }: MergedWrite, collectionIndex: ReadonlyMap<string, number>) {
  const base = (collectionIndex.get(write.collection.name) ?? 0) * SECTION_KINDS;
  if (body === null) return base + SECTION.delete;
  if (expected === 0) return base + SECTION.create;
  if (expected !== undefined) return base + SECTION.update;
  return base + (restarted ? SECTION.replace : SECTION.upsert);
}
