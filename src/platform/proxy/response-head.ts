import { HOP_BY_HOP, namedByConnection } from './hop-by-hop.ts';

/** How the end of an answer's body is told (RFC 9112 §6.3): its bytes, in chunks, or with the connection. */
export type Framing = number | 'chunked' | 'close';

/** An answer's head as the client gets it, with what it says of the connection it came on. */
export interface ResponseHead {
  readonly status: number;
  readonly message: string;
  /** Name, value, name, value…, in the order they came, without those that speak of the upstream's connection. */
  readonly headers: string[];
  readonly framing: Framing;
  /** Of the body in bytes, when the head tells it; a 304 and the answer to a HEAD tell it of what they do not hold. */
  readonly contentLength: number | undefined;
  /** Whether, and for how long in ms when it tells, the connection may be used again. */
  readonly isKept: boolean;
  readonly keptMs: number | undefined;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const NO_VALUE = /[^\t\x20-\x7e\x80-\xff]/;
const LENGTH = /^\d{1,15}$/;
const CLOSES = /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i;
const KEPT_S = /(?:^|[,;][ \t]*)timeout=(\d{1,9})/i;
const SPACE = 0x20;
const TAB = 0x09;

/** What came is not an answer of HTTP/1.1, or one that could be read in two ways. */
export class Unreadable extends Error {}

/** What the names of headers mean here, as they were sent: nearly all that come were seen before. */
const MEANINGS = new Map<string, Meaning>();
const MOST_MEANINGS = 1_000;
type Meaning = 'plain' | 'length' | 'coding' | 'connection' | 'kept' | 'hop';
const OF_FRAMING: Readonly<Record<string, Meaning>> = {
  'content-length': 'length',
  'transfer-encoding': 'coding',
  connection: 'connection',
  'keep-alive': 'kept',
};

/**
 * Reads an answer's head: `text` holds it up to the CR and LF of its last line. It takes what RFC 9112 lets senders send and nothing
 * else (no folded lines, no bare CR or LF, no space before a colon), because whoever reads it after us might take the rest
 * otherwise. Throws `Unreadable`.
 */
export function responseHead(text: string, isHead: boolean): ResponseHead {
  const lineEnd = text.indexOf('\r\n');
  const [, minor, code, message = ''] = STATUS_LINE.exec(text.slice(0, lineEnd)) ?? [];
  if (code === undefined) throw new Unreadable('not a status line');
  const raw = fieldsOf(text, lineEnd + 2);
  const headers: string[] = [];
  let named: ReadonlySet<string> | undefined;
  let contentLength: number | undefined;
  let isChunked = false;
  let isKept = minor === '1';
  let keptMs: number | undefined;
  for (let i = 0; i < raw.length; i += 2) {
    const value = raw[i + 1] as string;
    switch (meaningOf(raw[i] as string)) {
      case 'plain':
        break;
      case 'length':
        if (contentLength !== undefined || !LENGTH.test(value)) throw new Unreadable('content-length');
        contentLength = Number(value);
        break;
      case 'coding':
        if (isChunked || minor === '0' || value.toLowerCase() !== 'chunked') throw new Unreadable('transfer-encoding');
        isChunked = true;
        continue;
      case 'connection':
        if (value === 'keep-alive') continue;
        if (CLOSES.test(value)) isKept = false;
        named ??= namedByConnection(raw);
        continue;
      case 'kept':
        keptMs = keptFor(value);
        continue;
      case 'hop':
        continue;
    }
    headers.push(raw[i] as string, value);
  }
  if (isChunked && contentLength !== undefined) throw new Unreadable('a length and chunks');
  const status = Number(code);
  const isEmpty = isHead || status < 200 || status === 204 || status === 304;
  const framing = isEmpty ? 0 : isChunked ? 'chunked' : (contentLength ?? 'close');
  const left = named === undefined ? headers : without(headers, named);
  const mayFollow = isKept && framing !== 'close';
  return { status, message, headers: left, framing, contentLength, isKept: mayFollow, keptMs };
}

function meaningOf(field: string): Meaning {
  const known = MEANINGS.get(field);
  if (known !== undefined) return known;
  if (!TOKEN.test(field)) throw new Unreadable('the name of a header');
  const name = field.toLowerCase();
  const meaning = OF_FRAMING[name] ?? (HOP_BY_HOP.has(name) ? 'hop' : 'plain');
  if (MEANINGS.size < MOST_MEANINGS) MEANINGS.set(field, meaning);
  return meaning;
}

/** Trailers: header lines up to the end of `text` as name, value, name, value…. Throws `Unreadable`. */
export function trailersOf(text: string): string[] {
  const fields = fieldsOf(text, 0);
  for (let i = 0; i < fields.length; i += 2) meaningOf(fields[i] as string);
  return fields;
}

/** Header lines up to the end of `text`; their names are not looked at. */
function fieldsOf(text: string, from: number): string[] {
  const fields: string[] = [];
  for (let at = from; at < text.length; ) {
    const end = text.indexOf('\r\n', at);
    const colon = text.indexOf(':', at);
    if (end < 0 || colon < 0 || colon > end) throw new Unreadable('a line without a colon');
    const value = trimmed(text, colon + 1, end);
    if (NO_VALUE.test(value)) throw new Unreadable('the value of a header');
    fields.push(text.slice(at, colon), value);
    at = end + 2;
  }
  return fields;
}

function trimmed(text: string, from: number, to: number): string {
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isSpace(code: number): boolean {
  return code === SPACE || code === TAB;
}

function without(headers: readonly string[], named: ReadonlySet<string>): string[] {
  return headers.filter((_, i) => !named.has((headers[i - (i % 2)] as string).toLowerCase()));
}

let lastKept = '';
let lastKeptMs: number | undefined;

/** An upstream says the same in all its answers. */
function keptFor(value: string): number | undefined {
  if (value === lastKept) return lastKeptMs;
  const [, seconds] = KEPT_S.exec(value) ?? [];
  lastKept = value;
  lastKeptMs = seconds === undefined ? undefined : Number(seconds) * 1_000;
  return lastKeptMs;
}
