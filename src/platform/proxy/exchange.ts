import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection, Passage } from './connection.ts';
import { type Failure, failureOf } from './failure.ts';
import type { HopResult, HopTarget } from './port.ts';
import type { ForwardedHead } from './request-head.ts';
import type { ResponseHead } from './response-head.ts';
import { Upload } from './upload.ts';

/** A body up to this size that came with its head goes out with it as a string, in bytes. */
const SMALL_BYTES = 16_384;

/**
 * One request on its way: carries the answer from the upstream to the client as it comes. Whichever ends first ends the other.
 * `settle` is called once; nothing is written to the client unless the upstream has begun to answer.
 */
export class Exchange implements Passage {
  readonly method: string;
  readonly head: string;
  readonly headersTimeoutMs: number | undefined;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #target: HopTarget;
  readonly #settle: (result: HopResult) => void;
  readonly #upload: Upload | undefined;
  #connection: Connection | undefined;
  #lose: (() => void) | undefined;
  #settled = false;
  #status = 0;
  #missing = -1;
  /** The whole body came with its head, and is small. */
  #isSmall = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    target: HopTarget,
    { head, body }: ForwardedHead,
    settle: (result: HopResult) => void,
  ) {
    this.method = request.method ?? 'GET';
    this.head = head;
    this.headersTimeoutMs = target.headersTimeoutMs;
    this.#request = request;
    this.#response = response;
    this.#target = target;
    this.#settle = settle;
    this.#upload =
      body === 'none'
        ? undefined
        : new Upload(request, body === 'chunks', target.maxBodyBytes ?? Number.POSITIVE_INFINITY, () => this.#refuse());
    response.on('close', this.#leave);
    if (target.race !== undefined) {
      this.#lose = () => this.#stop({ kind: 'lost' });
      target.race.enter(this.#lose);
    }
  }

  /** Ends the wait for a connection; true unless the request was sent, or nobody waits. */
  giveUp(): boolean {
    if (this.#connection !== undefined || this.#settled) return false;
    this.#finish({ kind: 'not-sent', reason: 'busy', error: BUSY });
    return true;
  }

  onSend(connection: Connection): boolean {
    if (this.#settled) return false;
    this.#connection = connection;
    this.#upload?.start(connection);
    connection.begin(this);
    return true;
  }

  onHead({ status, message, headers, framing, contentLength }: ResponseHead, here: number): void {
    const { race, decline, answerHeaders } = this.#target;
    if (decline?.has(status)) {
      this.#stop({ kind: 'declined', status });
      return;
    }
    if (race !== undefined && this.#lose !== undefined && status >= 200 && !race.win(this.#lose)) {
      this.#stop({ kind: 'lost' });
      return;
    }
    const response = this.#response;
    if (status < 200) {
      // 1xx answers are passed on (RFC 9110 §15.2), but never to HTTP/1.0, which does not know them.
      if (race === undefined && this.#request.httpVersion !== '1.0') response.writeInformation(status, headers);
      return;
    }
    // Set on the response beforehand, each header of the answer would be checked and copied once more.
    if (answerHeaders !== undefined) addMissing(headers, answerHeaders);
    // Headers that are written at once are not kept: whoever ends this server could not tell that this answer has no end.
    if (contentLength === undefined && isEventStream(headers)) response.setHeader('content-type', EVENT_STREAM);
    response.writeHead(status, message, headers);
    this.#status = status;
    this.#missing = contentLength ?? -1;
    if (framing === 0) response.end();
    else if (here === 0) response.flushHeaders();
    else if (here === contentLength && here <= SMALL_BYTES) this.#isSmall = true;
    // What is here already goes out with its head, in one piece.
    else process.nextTick(showHead, response);
  }

  onData(chunk: Buffer): boolean {
    const response = this.#response;
    const isWhole = this.#missing === chunk.length;
    if (this.#missing >= 0) this.#missing -= chunk.length;
    // Of a head and a string Node makes one string, and one write.
    if (isWhole && this.#isSmall) response.end(chunk.toString('latin1'), 'latin1');
    else if (isWhole) response.end(Buffer.from(chunk));
    else if (!response.write(Buffer.from(chunk))) {
      response.once('drain', () => this.#resume());
      return false;
    }
    return true;
  }

  onEnd(trailers: readonly string[]): boolean {
    const response = this.#response;
    if (!response.writableEnded) {
      if (trailers.length > 0) response.addTrailers(pairsOf(trailers));
      response.end();
    }
    const isWritten = this.#upload === undefined || this.#upload.isDone;
    this.#upload?.stop();
    this.#finish({ kind: 'answered', status: this.#status, complete: true });
    return isWritten;
  }

  onFailure(failure: Failure, error: Error): void {
    this.#upload?.stop();
    this.#fail(failureOf(failure, error, this.#connection !== undefined));
  }

  /** Once the answer has begun, nothing else can be told than that it is not whole. */
  #fail(result: HopResult): void {
    const complete = this.#response.writableEnded;
    this.#finish(this.#status === 0 ? result : { kind: 'answered', status: this.#status, complete });
    if (this.#status !== 0 && !complete) this.#response.destroy();
  }

  #finish(result: HopResult): void {
    if (this.#settled) return;
    this.#settled = true;
    if (result.kind !== 'answered') this.#response.off('close', this.#leave);
    this.#settle(result);
  }

  /** Ends what the upstream does for this request, whose answer is not passed on. */
  #stop(result: HopResult): void {
    this.#finish(result);
    this.#upload?.stop();
    this.#connection?.abandon();
  }

  #resume(): void {
    if (!this.#settled) this.#connection?.resume();
  }

  #refuse(): void {
    this.#connection?.abandon();
    this.#fail({ kind: 'refused', reason: 'too-large' });
  }

  readonly #leave = (): void => {
    if (this.#settled) return;
    const complete = this.#response.writableFinished;
    this.#stop(
      complete
        ? { kind: 'answered', status: this.#status, complete }
        : { kind: 'left', sent: this.#connection !== undefined },
    );
  };
}

function addMissing(headers: string[], more: readonly string[]): void {
  const sent = headers.length;
  for (let at = 0; at < more.length; at += 2) {
    const name = more[at] as string;
    if (!isAmong(headers, sent, name)) headers.push(name, more[at + 1] as string);
  }
}

function isAmong(headers: readonly string[], count: number, name: string): boolean {
  for (let at = 0; at < count; at += 2) {
    const each = headers[at] as string;
    if (each.length === name.length && each.toLowerCase() === name) return true;
  }
  return false;
}

const EVENT_STREAM = 'text/event-stream';

function isEventStream(headers: readonly string[]): boolean {
  const at = headers.findIndex((each, i) => i % 2 === 0 && each.toLowerCase() === 'content-type');
  return at >= 0 && headers[at + 1]?.startsWith(EVENT_STREAM) === true;
}

const BUSY = new Error('no connection became free in time');

function showHead(response: ServerResponse): void {
  if (!response.writableEnded && !response.destroyed) response.flushHeaders();
}

function pairsOf(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i] as string, flat[i + 1] as string]);
  return pairs;
}
