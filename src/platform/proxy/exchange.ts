import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { failureOf } from './failure.ts';
import type { HopResult, HopTarget } from './port.ts';
import { responseHead } from './response-head.ts';

/**
 * One request on its way: carries the answer from the upstream to the client as it comes. Whichever ends first ends the other.
 * `settle` is called once; nothing is written to the client unless the upstream has begun to answer.
 *
 * A class, and undici's older handler, because they are what a request costs: methods need no closures, and the newer handler
 * makes an object of the headers before anybody asks, about a seventh of the hop's CPU together.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #target: HopTarget;
  readonly #upload: Readable | undefined;
  readonly #settle: (result: HopResult) => void;
  #abort: ((reason?: Error) => void) | undefined;
  #settled = false;
  #status = 0;
  #missing = -1;
  #resume: (() => void) | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    target: HopTarget,
    upload: Readable | undefined,
    settle: (result: HopResult) => void,
  ) {
    this.#request = request;
    this.#response = response;
    this.#target = target;
    this.#upload = upload;
    this.#settle = settle;
    response.on('close', this.#leave);
    target.race?.enter(this.#lose);
  }

  /** Whether the upstream has been, or is being, written to. */
  get sent(): boolean {
    return this.#abort !== undefined;
  }

  /** Ends the wait for a connection; what has been sent goes on. */
  giveUp(): void {
    if (this.sent || this.#settled) return;
    // First, so that this exchange never touches a request that goes elsewhere now.
    this.#upload?.destroy();
    this.#finish({ kind: 'not-sent', reason: 'busy', error: BUSY });
  }

  onConnect(abort: (reason?: Error) => void): void {
    if (this.#settled) abort(GONE);
    else this.#abort = abort;
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void, message: string): boolean {
    const { race, decline, answerHeaders } = this.#target;
    if (decline?.has(status)) return this.#stop({ kind: 'declined', status });
    if (race !== undefined && status >= 200 && !race.win(this.#lose)) return this.#stop({ kind: 'lost' });
    const { headers, contentLength } = responseHead(raw);
    const response = this.#response;
    if (status < 200) {
      // 1xx answers are passed on (RFC 9110 §15.2), but never to HTTP/1.0, which does not know them.
      if (race === undefined && this.#request.httpVersion !== '1.0') response.writeInformation(status, headers);
      return true;
    }
    // Set on the response beforehand, each header of the answer would be checked and copied once more.
    if (answerHeaders !== undefined) addMissing(headers, answerHeaders);
    // Headers that are written at once are not kept: whoever ends this server could not tell that this answer has no end.
    if (contentLength === undefined && isEventStream(headers)) response.setHeader('content-type', EVENT_STREAM);
    response.writeHead(status, message, headers);
    this.#status = status;
    this.#missing = contentLength ?? -1;
    this.#resume = resume;
    // A 304 may tell the length of what it does not hold; the client library would wait for that.
    if (status === 304 || contentLength === 0) response.end();
    // An answer that is here already goes out with its head, in one piece.
    else process.nextTick(showHead, response);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#missing -= chunk.length;
    if (this.#missing === 0) {
      this.#response.end(chunk);
      return true;
    }
    const goesOn = this.#response.write(chunk);
    if (!goesOn && this.#resume !== undefined) this.#response.once('drain', this.#resume);
    return goesOn;
  }

  onComplete(trailers: string[] | Buffer[] | null): void {
    const response = this.#response;
    if (!response.writableEnded) {
      if (trailers !== null && trailers.length > 0) response.addTrailers(pairsOf(responseHead(trailers).headers));
      response.end();
    }
    this.#finish({ kind: 'answered', status: this.#status, complete: true });
  }

  onError(error: Error): void {
    this.#upload?.destroy();
    const complete = this.#response.writableEnded;
    if (this.#status === 0) this.#finish(failureOf(error, this.sent));
    else this.#finish({ kind: 'answered', status: this.#status, complete });
    if (this.#status !== 0 && !complete) this.#response.destroy();
  }

  #finish(result: HopResult): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#response.off('close', this.#leave);
    this.#settle(result);
  }

  /** Ends what the upstream does for this request, whose answer is not passed on. */
  #stop(result: HopResult): false {
    this.#finish(result);
    this.#abort?.(GONE);
    return false;
  }

  readonly #lose = (): void => {
    this.#stop({ kind: 'lost' });
  };

  readonly #leave = (): void => {
    const complete = this.#response.writableFinished;
    this.#finish(complete ? { kind: 'answered', status: this.#status, complete } : { kind: 'left', sent: this.sent });
    this.#upload?.destroy();
    this.#abort?.(GONE);
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

const GONE = new Error('nobody waits for this request any more');
const BUSY = new Error('no connection became free in time');

function showHead(response: ServerResponse): void {
  if (!response.writableEnded && !response.destroyed) response.flushHeaders();
}

function pairsOf(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i] as string, flat[i + 1] as string]);
  return pairs;
}
