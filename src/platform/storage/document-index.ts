import type { JsonObject } from '../../kernel/json.ts';
import type { Collection } from '../../kernel/view.ts';
import type { DocumentQuery } from './port.ts';

/** How a query is served: equality on some fields, then ordered by one field, or by the key alone. */
export interface IndexUse {
  readonly equal: readonly string[];
  readonly ordered: string | undefined;
}

export type FieldValue = string | number | null;

/** At most so many documents or events a partition come back from one call, whatever was asked for. */
export const MOST_ROWS = 10_000;

/** The declared index that serves the query. Throws a TypeError when there is none, so that no query ever scans by surprise. */
export function indexFor(query: DocumentQuery): IndexUse {
  const { collection, range } = query;
  const equal = Object.keys(query.where);
  const candidates = collection.indexes.filter((index) =>
    equal.every((field) => index.slice(0, equal.length).includes(field)),
  );
  const ordered = candidates.find(
    (index) => index.length === equal.length + 1 && (range === undefined || index.at(-1) === range.field),
  );
  const byKey =
    range === undefined && (equal.length === 0 || candidates.some((index) => index.length === equal.length));
  if (byKey && (query.order === undefined || ordered === undefined)) return { equal, ordered: undefined };
  if (ordered !== undefined) return { equal, ordered: ordered.at(-1) };
  const asked = [...equal, ...(range === undefined ? [] : [range.field])].join(', ');
  throw new TypeError(`collection ${collection.name} declares no index on (${asked})`);
}

/** The declared fields of a body, null where it has none. Throws a TypeError when a field is of another type than declared. */
export function fieldsOf(collection: Collection, body: JsonObject): readonly FieldValue[] {
  checkFields(collection, body);
  return Object.keys(collection.fields).map((field) => (body[field] ?? null) as FieldValue);
}

/** Throws a TypeError when a declared field of a body is of another type than declared. */
export function checkFields({ name, fields }: Collection, body: JsonObject): void {
  for (const field in fields) {
    const value = body[field] ?? null;
    if (value === null) continue;
    const isDeclared = fields[field] === 'text' ? typeof value === 'string' : Number.isSafeInteger(value);
    if (!isDeclared) throw new TypeError(`field ${field} of ${name} is no ${fields[field]}`);
  }
}
