import { isUtf8 } from 'node:buffer';
import { Problem } from './problem.ts';

const LONGEST_PATH = 200;

/**
 * Refuses an address whose path or query, decoded, is no text that can be kept: throws `invalid_text` for NUL and broken
 * Unicode, `malformed_request` for a percent sign that encodes nothing.
 */
export function checkAddress(address: string): void {
  if (!address.includes('%')) return;
  if (/%(?![0-9a-f]{2})/i.test(address)) {
    throw new Problem(
      'malformed_request',
      'A percent sign in an address begins two hexadecimal digits; write it as %25.',
    );
  }
  let decoded: string;
  try {
    decoded = decodeURIComponent(address);
  } catch {
    throw new Problem('invalid_text', 'The address is not encoded in UTF-8.');
  }
  if (decoded.includes('\0')) throw new Problem('invalid_text', 'The address holds a NUL character.');
}

/** The text of a body. Throws `invalid_text` for bytes that are not UTF-8 and for NUL bytes. */
export function bodyText(body: Buffer): string {
  if (!isUtf8(body)) throw new Problem('invalid_text', 'The body is not encoded in UTF-8.');
  if (body.includes(0)) throw new Problem('invalid_text', 'The body holds a NUL character.');
  return body.toString('utf8');
}

/**
 * The `invalid_text` problem of parsed JSON that holds NUL or half a surrogate pair. In a body that is UTF-8 they can only come from `\u` escapes,
 * so bodies without one are not walked.
 */
export function textProblem(text: string, parsed: unknown): Problem | undefined {
  if (!text.includes('\\u')) return undefined;
  // A stack of its own, for a body may nest deeper than calls may.
  const left: { readonly value: unknown; readonly path: string }[] = [{ value: parsed, path: 'body' }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      const problem = badText(value, path);
      if (problem !== undefined) return problem;
    } else if (value !== null && typeof value === 'object') {
      for (const [name, field] of Object.entries(value)) {
        const problem = badText(name, path);
        if (problem !== undefined) return problem;
        left.push({ value: field, path: path.length > LONGEST_PATH ? path : `${path}/${name}` });
      }
    }
  }
  return undefined;
}

function badText(text: string, path: string): Problem | undefined {
  if (text.includes('\0')) return invalidText(path, 'holds a NUL character');
  return text.isWellFormed() ? undefined : invalidText(path, 'holds half of a surrogate pair');
}

function invalidText(path: string, message: string): Problem {
  return new Problem('invalid_text', `The text at ${path} ${message}.`, { errors: [{ path, message }] });
}
