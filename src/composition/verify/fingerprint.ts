import { createHash } from 'node:crypto';
import type { Json } from '../../kernel/json.ts';

/** A short name for a JSON value, the same however its fields are ordered: a hundred thousand documents fit into memory by it. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(ordered(value)).digest('base64url').slice(0, 22);
}

function ordered(value: unknown): string {
  return JSON.stringify(value, (_, each: Json) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
