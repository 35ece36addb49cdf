import { indexFor, MOST_ROWS } from './document-index.ts';
import type { DocumentQuery } from './port.ts';
import { columnOf, tableOf } from './postgres-names.ts';

/**
 * A query by a declared index as SQL that this index serves in order. Throws a TypeError when none does. The generation comes from
 * a subquery, so that the plan is made blind to it: of one that was begun after the last ANALYZE statistics say that it has no
 * row, and then every index that begins with the generation looks as good as the one that was made for the query.
 */
export function queryStatement(query: DocumentQuery): { readonly text: string; readonly values: readonly unknown[] } {
  const { collection, range, after } = query;
  const { equal, ordered } = indexFor(query);
  const values: unknown[] = [];
  const parameter = (value: unknown, field?: string) => {
    values.push(value);
    const type = field === undefined ? 'text' : collection.fields[field] === 'integer' ? 'bigint' : 'text';
    return `$${values.length}::${type}`;
  };
  const descending = query.order === 'descending';
  const beyond = descending ? '<' : '>';
  const conditions = [`generation = (SELECT ${query.generation | 0})`];
  for (const field of equal)
    conditions.push(`${columnOf(collection, field)} = ${parameter(query.where[field], field)}`);
  if (ordered === undefined) {
    if (after !== undefined) conditions.push(`key ${beyond} ${parameter(after.key)}`);
  } else {
    const column = columnOf(collection, ordered);
    conditions.push(`${column} IS NOT NULL`);
    if (range?.from !== undefined) conditions.push(`${column} >= ${parameter(range.from, ordered)}`);
    if (range?.below !== undefined) conditions.push(`${column} < ${parameter(range.below, ordered)}`);
    if (after !== undefined) {
      conditions.push(`(${column}, key) ${beyond} (${parameter(after.value, ordered)}, ${parameter(after.key)})`);
    }
  }
  const columns = [...(ordered === undefined ? [] : [columnOf(collection, ordered)]), 'key'];
  const order = columns.map((column) => `${column} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const limit = Math.max(0, Math.min(query.limit, MOST_ROWS));
  const text = `SELECT key, version, body FROM ${tableOf(collection)} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${limit}`;
  return { text, values };
}
