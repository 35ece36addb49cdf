/**
 * Ids tell where their owner lives: `<kind>_<cell><bucket><time><random>` in Crockford base 32, 2 + 2 + 10 + 16 digits.
 * Cell: the home (0–1023). Bucket: the unit of sharding (0–1023); what belongs to one shopper shares the shopper's bucket.
 * Time: milliseconds since 1970 (50 bits). Random: 80 bits, so that an id can be neither guessed nor met twice.
 */
export type Id = string;

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const DIGITS_OF_AN_ID = 30;
/** The value of each digit by its character code; -1 for what is none. */
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < DIGITS.length; value++) VALUES[DIGITS.charCodeAt(value)] = value;

export const CELLS = 1024;
export const BUCKETS = 1024;

export interface IdParts {
  readonly kind: string;
  readonly cell: number;
  readonly bucket: number;
  readonly timeMs: number;
}

/** Makes an id. `random` gives at least 10 bytes. Throws a RangeError when a part does not fit its digits. */
export function makeId(parts: IdParts, random: Uint8Array): Id {
  if (random.length < 10) throw new RangeError('an id needs 10 random bytes');
  return `${parts.kind}_${encode(parts.cell, 2)}${encode(parts.bucket, 2)}${encode(parts.timeMs, 10)}${encodeBytes(random)}`;
}

/** The parts of an id, or undefined when the text is none. */
export function parseId(id: string): IdParts | undefined {
  const start = digitsOf(id);
  if (start < 0) return undefined;
  return {
    kind: id.slice(0, start - 1),
    cell: decode(id, start, 2),
    bucket: decode(id, start + 2, 2),
    timeMs: decode(id, start + 4, 10),
  };
}

/** The bucket of a key: an id carries its own; any other text (a SKU, a category) is spread by FNV-1a. */
export function bucketOf(key: string): number {
  const start = digitsOf(key);
  return start < 0 ? fnv1a(key) % BUCKETS : decode(key, start + 2, 2);
}

/** Where the digits of an id begin, -1 when the text is none. Read digit by digit: every work of every service asks. */
function digitsOf(id: string): number {
  const start = id.indexOf('_') + 1;
  if (start < 3 || start > 5 || id.length !== start + DIGITS_OF_AN_ID) return -1;
  for (let index = 0; index < start - 1; index++) {
    const code = id.charCodeAt(index);
    if (code < 0x61 || code > 0x7a) return -1;
  }
  for (let index = start; index < id.length; index++) if (!((VALUES[id.charCodeAt(index)] ?? -1) >= 0)) return -1;
  return start;
}

/** The 32-bit FNV-1a hash of a text's UTF-16 units (Fowler, Noll, Vo). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

function encode(value: number, digits: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 32 ** digits) throw new RangeError(`${value} does not fit`);
  let text = '';
  for (let rest = value; text.length < digits; rest = Math.floor(rest / 32)) text = DIGITS.charAt(rest % 32) + text;
  return text;
}

function encodeBytes(bytes: Uint8Array): string {
  let text = '';
  for (let offset = 0; offset < 10; offset += 5) {
    let value = 0;
    for (let index = 0; index < 5; index++) value = value * 256 + (bytes[offset + index] ?? 0);
    text += encode(value, 8);
  }
  return text;
}

function decode(id: string, from: number, digits: number): number {
  let value = 0;
  for (let index = from; index < from + digits; index++) value = value * 32 + (VALUES[id.charCodeAt(index)] ?? 0);
  return value;
}
