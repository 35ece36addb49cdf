import { createHash } from 'node:crypto';
import type { Collection } from '../../kernel/view.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,47}$/;

/** The table of a collection, ready for SQL. Throws a TypeError for a name that is no identifier. */
export function tableOf(collection: Collection): string {
  return quoted('doc', collection.name);
}

/** The column of a declared field. Its type is in the name: a field that changes its type gets a new column. */
export function columnOf(collection: Collection, field: string): string {
  return quoted(collection.fields[field] === 'integer' ? 'int' : 'text', field);
}

export function indexNameOf(collection: Collection, index: readonly string[]): string {
  const fields = index.map((field) => `${field}:${collection.fields[field]}`).join(',');
  return quoted('doc', `${collection.name.slice(0, 36)}_${hashOf(fields)}`);
}

/** A short name for a text: 10 hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function quoted(prefix: string, name: string): string {
  if (!NAME.test(name)) throw new TypeError(`${name} is no name for a collection or field`);
  return `"${prefix}_${name}"`;
}
