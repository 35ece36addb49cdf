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
    const field = raw[i] as string;
    const value = raw[i + 1] as string;
    const name = field.toLowerCase();
    if (HOP_BY_HOP.has(name)) {
      if (name === 'connection') {
        if (CLOSES.test(value)) isKept = false;
        named ??= namedByConnection(raw);
      } else if (name === 'keep-alive') keptMs = keptFor(value);
      else if (name === 'transfer-encoding') {
        if (isChunked || minor === '0' || value.toLowerCase() !== 'chunked') throw new Unreadable('transfer-encoding');
        isChunked = true;
      }
      continue;
    }
    if (name === 'content-length') {
      if (contentLength !== undefined || !LENGTH.test(value)) throw new Unreadable('content-length');
      contentLength = Number(value);
    }
    headers.push(field, value);
  }
  if (isChunked && contentLength !== undefined) throw new Unreadable('a length and chunks');
  const status = Number(code);
  const isEmpty = isHead || status < 200 || status === 204 || status === 304;
  const framing = isEmpty ? 0 : isChunked ? 'chunked' : (contentLength ?? 'close');
  return {
    ...{ status, message, framing, contentLength, keptMs },
    headers: named === undefined ? headers : without(headers, named),
    isKept: isKept && framing !== 'close',
  };
}

/** Header lines up to the end of `text` as name, value, name, value…. Throws `Unreadable`. */
export function fieldsOf(text: string, from: number): string[] {
  const fields: string[] = [];
  for (let at = from; at < text.length; ) {
    const end = text.indexOf('\r\n', at);
    const colon = text.indexOf(':', at);
    if (end < 0 || colon < 0 || colon > end) throw new Unreadable('a line without a colon');
    const name = text.slice(at, colon);
    const value = trimmed(text, colon + 1, end);
    if (!TOKEN.test(name) || NO_VALUE.test(value)) throw new Unreadable('a header line');
    fields.push(name, value);
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

function keptFor(value: string): number | undefined {
  const [, seconds] = KEPT_S.exec(value) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}
