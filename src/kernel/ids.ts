/**
 * Ids tell where their owner lives: `<kind>_<cell><bucket><time><random>` in Crockford base 32, 2 + 2 + 10 + 16 digits.
 * Cell: the home (0–1023). Bucket: the unit of sharding (0–1023); what belongs to one shopper shares the shopper's bucket.
 * Time: milliseconds since 1970 (50 bits). Random: 80 bits, so that an id can be neither guessed nor met twice.
 */
export type Id = string;

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const SHAPE =
  /^([a-z]{2,4})_([0-9a-hjkmnp-tv-z]{2})([0-9a-hjkmnp-tv-z]{2})([0-9a-hjkmnp-tv-z]{10})([0-9a-hjkmnp-tv-z]{16})$/;

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
  const match = SHAPE.exec(id);
  if (match === null) return undefined;
  const [, kind = '', cell = '', bucket = '', time = ''] = match;
  return { kind, cell: decode(cell), bucket: decode(bucket), timeMs: decode(time) };
}

/** The bucket of a key: an id carries its own; any other text (a SKU, a category) is spread by FNV-1a. */
export function bucketOf(key: string): number {
  return parseId(key)?.bucket ?? fnv1a(key) % BUCKETS;
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

function decode(text: string): number {
  let value = 0;
  for (const digit of text) value = value * 32 + DIGITS.indexOf(digit);
  return value;
}
