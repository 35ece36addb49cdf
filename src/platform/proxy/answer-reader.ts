import { type ResponseHead, responseHead, trailersOf, Unreadable } from './response-head.ts';

/** Who hears an answer as it is read. */
export interface AnswerListener {
  /** Also of answers before the answer (1xx). `here`: so many bytes came behind the head. */
  onHead(head: ResponseHead, here: number): void;
  /** A part of the body; the bytes are others when the call has returned. */
  onData(chunk: Buffer): void;
}

/** The most that a head, or the trailers, may hold, in bytes. */
const MOST_HEAD_BYTES = 16_384;
const MOST_LINE_BYTES = 1_024;
const CHUNK_SIZE = /^([0-9a-f]{1,12})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;
const NONE: readonly string[] = [];

type Part = 'head' | 'length' | 'close' | 'size' | 'chunk' | 'chunk-end' | 'trailers' | 'done';

/**
 * Reads answers of HTTP/1.1 from the bytes of one connection, however they are cut (RFC 9112). A head is read as text at once; a body
 * is passed on as it comes.
 */
export class AnswerReader {
  #listener: AnswerListener | undefined;
  #isHead = false;
  #part: Part = 'done';
  /** Bytes of the body, or of its chunk, that are still to come. */
  #left = 0;
  /** The beginning of a head or a line whose end has not come. */
  #pending = '';
  #head: ResponseHead | undefined;
  #trailers = NONE;

  /** What comes next answers a request of `listener`; `isHead` when that was a HEAD. */
  expect(listener: AnswerListener, isHead: boolean): void {
    this.#listener = listener;
    this.#isHead = isHead;
    this.#part = 'head';
    this.#pending = '';
    this.#head = undefined;
    this.#trailers = NONE;
  }

  /** Nobody hears the rest. */
  forget(): void {
    this.#listener = undefined;
    this.#part = 'done';
  }

  /** Of the answer that is being read, or was read last; undefined until it has come. */
  get head(): ResponseHead | undefined {
    return this.#head;
  }

  /** Name, value, name, value…. */
  get trailers(): readonly string[] {
    return this.#trailers;
  }

  get isDone(): boolean {
    return this.#part === 'done';
  }

  /** Reads up to the answer's end; tells how many bytes that were. Throws `Unreadable`. */
  take(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.#part !== 'done') at = this.#takePart(bytes, at);
    return at;
  }

  /** The connection has ended: true when that is the answer's end, too. */
  takeEnd(): boolean {
    if (this.#part === 'close') this.#part = 'done';
    return this.isDone;
  }

  #takePart(bytes: Buffer, at: number): number {
    switch (this.#part) {
      case 'head':
        return this.#takeHead(bytes, at);
      case 'length':
      case 'chunk':
        return this.#takeBody(bytes, at);
      case 'size':
        return this.#takeSize(bytes, at);
      case 'chunk-end':
        return this.#takeChunkEnd(bytes, at);
      case 'trailers':
        return this.#takeTrailers(bytes, at);
      default:
        this.#listener?.onData(bytes.subarray(at));
        return bytes.length;
    }
  }

  #takeHead(bytes: Buffer, at: number): number {
    const text = this.#textOf(bytes, at, MOST_HEAD_BYTES);
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) {
      if (!(text.startsWith('HTTP/1.') || 'HTTP/1.'.startsWith(text))) throw new Unreadable('not HTTP/1');
      return this.#wait(text, bytes, MOST_HEAD_BYTES);
    }
    const next = this.#past(end + 4, at);
    const head = responseHead(text.slice(0, end + 2), this.#isHead);
    if (head.status >= 200) {
      this.#head = head;
      this.#begin(head);
    }
    this.#listener?.onHead(head, bytes.length - next);
    return next;
  }

  #begin({ framing }: ResponseHead): void {
    if (framing === 'chunked') this.#part = 'size';
    else if (framing === 'close') this.#part = 'close';
    else {
      this.#part = framing === 0 ? 'done' : 'length';
      this.#left = framing;
    }
  }

  #takeBody(bytes: Buffer, at: number): number {
    const next = Math.min(bytes.length, at + this.#left);
    this.#left -= next - at;
    if (this.#left === 0) this.#part = this.#part === 'chunk' ? 'chunk-end' : 'done';
    this.#listener?.onData(bytes.subarray(at, next));
    return next;
  }

  #takeSize(bytes: Buffer, at: number): number {
    const text = this.#textOf(bytes, at, MOST_LINE_BYTES);
    const end = text.indexOf('\r\n');
    if (end < 0) return this.#wait(text, bytes, MOST_LINE_BYTES);
    const next = this.#past(end + 2, at);
    const [, size] = CHUNK_SIZE.exec(text.slice(0, end)) ?? [];
    if (size === undefined) throw new Unreadable('the size of a chunk');
    this.#left = Number.parseInt(size, 16);
    this.#part = this.#left === 0 ? 'trailers' : 'chunk';
    return next;
  }

  #takeChunkEnd(bytes: Buffer, at: number): number {
    const text = this.#textOf(bytes, at, 2);
    if (!'\r\n'.startsWith(text)) throw new Unreadable('the end of a chunk');
    if (text.length < 2) return this.#wait(text, bytes, 2);
    this.#part = 'size';
    return this.#past(2, at);
  }

  #takeTrailers(bytes: Buffer, at: number): number {
    const text = this.#textOf(bytes, at, MOST_HEAD_BYTES);
    const isEmpty = text.startsWith('\r\n');
    const end = isEmpty ? 0 : text.indexOf('\r\n\r\n');
    if (end < 0) return this.#wait(text, bytes, MOST_HEAD_BYTES);
    const next = this.#past(isEmpty ? 2 : end + 4, at);
    if (!isEmpty) this.#trailers = trailersOf(text.slice(0, end + 2));
    this.#part = 'done';
    return next;
  }

  /** What has come of a line or a head, `most` bytes of it. */
  #textOf(bytes: Buffer, at: number, most: number): string {
    const text = bytes.toString('latin1', at, Math.min(bytes.length, at + most - this.#pending.length));
    return this.#pending === '' ? text : this.#pending + text;
  }

  /** Its end has not come. */
  #wait(text: string, bytes: Buffer, most: number): number {
    if (text.length >= most) throw new Unreadable('too long');
    this.#pending = text;
    return bytes.length;
  }

  /** Where the bytes go on behind the first `length` of the text. */
  #past(length: number, at: number): number {
    const next = at + length - this.#pending.length;
    this.#pending = '';
    return next;
  }
}
