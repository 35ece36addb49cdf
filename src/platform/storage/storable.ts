import type { Collection } from '../../kernel/view.ts';
import { checkFields } from './document-index.ts';
import type { Commit } from './port.ts';

/** `JSON.stringify` writes NUL and lone surrogates as escapes; an even run of backslashes before the `u` is no escape. */
const UNSTORABLE_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** The JSON of a value. Throws a RangeError when a text in it holds what a database cannot keep: NUL or a lone surrogate. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (json === undefined) throw new TypeError('not a JSON value');
  if (json.includes('\\u') && UNSTORABLE_ESCAPE.test(json))
    throw new RangeError('a text holds NUL or a lone surrogate');
  return json;
}

/** The text itself. Throws as `storableJson` does. */
export function storableText(text: string): string {
  if (text.includes('\0') || !text.isWellFormed()) throw new RangeError('a key or name holds NUL or a lone surrogate');
  return text;
}

/** Throws when a database could never take the batch, whatever it holds already. */
export function checkStorable(batch: Commit, declared: ReadonlySet<string> | undefined, partitions: number): void {
  storableText(batch.id);
  for (const event of batch.events) {
    storableText(event.stream);
    storableText(event.type);
    checkPartition(event.partition, partitions);
  }
  for (const { partition } of batch.fences) checkPartition(partition, partitions);
  for (const write of batch.documents) {
    storableText(write.key);
    checkDeclared(write.collection, declared);
    if (write.body !== null) checkFields(write.collection, write.body);
  }
  for (const record of batch.idempotency) {
    storableText(record.key);
    storableText(record.bodyHash);
  }
  for (const advance of batch.positions) {
    storableText(advance.subscription);
    storableText(advance.epoch);
  }
}

/** Throws a TypeError for a collection that the storage was not opened with. */
export function checkDeclared(collection: Collection, declared: ReadonlySet<string> | undefined): void {
  if (declared !== undefined && !declared.has(collection.name)) {
    throw new TypeError(`collection ${collection.name} is not declared`);
  }
}

function checkPartition(partition: number, partitions: number): void {
  if (!Number.isInteger(partition) || partition < 0 || partition >= partitions) {
    throw new RangeError(`there is no partition ${partition}`);
  }
}
