import type { JsonObject } from '../../kernel/json.ts';
import { type FieldValue, indexFor, MOST_ROWS } from './document-index.ts';
import type { MemoryState } from './memory-state.ts';
import type { DocumentQuery, StoredDocument } from './port.ts';
import { compareText } from './text-order.ts';

interface Row {
  readonly value: FieldValue;
  readonly document: StoredDocument;
}

/** Documents by a declared index: those that have the ordering field, by it and then by key. */
export function queryDocuments(state: MemoryState, query: DocumentQuery): readonly StoredDocument[] {
  const { equal, ordered } = indexFor(query);
  const rows: Row[] = [];
  for (const [key, { version, json }] of state.documents.get(`${query.collection.name}/${query.generation}`) ?? []) {
    const body = JSON.parse(json) as JsonObject;
    const value = ordered === undefined ? null : ((body[ordered] ?? null) as FieldValue);
    if (ordered !== undefined && value === null) continue;
    if (equal.every((field) => body[field] === query.where[field]) && inRange(value, query.range)) {
      rows.push({ value, document: { key, version, body } });
    }
  }
  const sign = query.order === 'descending' ? -1 : 1;
  const { after } = query;
  return rows
    .filter((row) => after === undefined || sign * compareRows(row, after.value, after.key) > 0)
    .sort((a, b) => sign * compareRows(a, b.value, b.document.key))
    .slice(0, Math.min(query.limit, MOST_ROWS))
    .map((row) => row.document);
}

function inRange(value: FieldValue, range: DocumentQuery['range']): boolean {
  if (range?.from !== undefined && compareValues(value, range.from) < 0) return false;
  return range?.below === undefined || compareValues(value, range.below) < 0;
}

function compareRows(row: Row, value: FieldValue, key: string): number {
  return compareValues(row.value, value) || compareText(row.document.key, key);
}

function compareValues(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : 0;
}
