import { hash } from 'node:crypto';
import type { Json } from '../../kernel/json.ts';
import { Problem } from './problem.ts';

const CHECKSUM_LENGTH = 8;
const LONGEST = 2_000;

/** An opaque cursor that holds where a page ended. `list` names the list, so that no other list takes it. */
export function encodeCursor(value: Json, list = ''): string {
  const body = Buffer.from(JSON.stringify(value)).toString('base64url');
  return checksum(body, list) + body;
}

/** What a cursor holds, undefined without one. Throws `invalid_cursor` for a text that `encodeCursor` did not make for `list`. */
export function decodeCursor(text: string | undefined, list = ''): Json | undefined {
  if (text === undefined) return undefined;
  const body = text.slice(CHECKSUM_LENGTH);
  if (text.length > LONGEST || body === '' || checksum(body, list) !== text.slice(0, CHECKSUM_LENGTH)) {
    throw new Problem(
      'invalid_cursor',
      'Pass `nextCursor` of the page before exactly as it came, or none for the start.',
    );
  }
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Json;
}

function checksum(body: string, list: string): string {
  return hash('sha256', `${list}\n${body}`, 'base64url').slice(0, CHECKSUM_LENGTH);
}
