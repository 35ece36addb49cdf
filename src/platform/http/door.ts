import { type Dispatcher, errors, Pool } from 'undici';
import { type Outcome, type UnknownReason, unknown } from '../../kernel/outcome.ts';
import { isSampled } from '../telemetry/port.ts';
import { apartFromAccount } from './account.ts';

/** What came back over HTTP: a status below 500 and its JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** What is sent as JSON; a string is sent as it is. */
  readonly body?: object | string;
  /** Sent when it is sampled, so that the other company's trace goes on from ours. */
  readonly traceparent?: string | undefined;
}

/** Another company's JSON API over a pool of kept connections. It never throws: what cannot be known is `unknown`. */
export interface HttpDoor {
  /** Sends `body` (or, without one, only asks) and lets `read` make an outcome of the answer. */
  ask<Answer>(request: HttpQuestion, read: (answer: HttpAnswer) => Outcome<Answer>): Promise<Outcome<Answer>>;
  close(): Promise<void>;
}

export interface HttpDoorOptions {
  /** With a name and a password in it, who asks signs in with them (HTTP Basic). */
  readonly url: string;
  readonly connections: number;
  /** After this long without an answer the connection is given up, in ms. */
  readonly timeoutMs: number;
}

/** A door to the API at `url`, with at most `connections` connections, which are made when they are needed. Throws when that is no address. */
export function httpDoor({ url, connections, timeoutMs }: HttpDoorOptions): HttpDoor {
  const { url: address, headers: account } = apartFromAccount(url);
  const typed = { ...account, 'content-type': 'application/json' };
  const pool = new Pool(address, {
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
  });

  return {
    ask: ({ method, path, body, traceparent }, read) =>
      new Promise((resolve) => {
        const said = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
        const usual = said === null ? account : typed;
        const headers = isSampled(traceparent) ? { ...usual, traceparent } : usual;
        pool.dispatch(
          { method, path, headers, body: said },
          answerTo((answered) => resolve(outcomeOf(answered, read))),
        );
      }),
    close: () => pool.destroy(),
  };
}

/** What came back: a status and the parts of a body, or why there is no answer. */
export interface Answered {
  readonly status: number;
  readonly parts: readonly Buffer[];
  readonly error?: Error;
}

/** Collects an answer as it comes; undici's `request` would make a stream of it first, for a fifth more CPU. */
export function answerTo(tell: (answered: Answered) => void): Dispatcher.DispatchHandler {
  const parts: Buffer[] = [];
  let status = 0;
  return {
    onRequestStart() {},
    onResponseStart(_controller, statusCode) {
      status = statusCode;
    },
    onResponseData(_controller, part) {
      parts.push(part);
    },
    onResponseEnd: () => tell({ status, parts }),
    onResponseError: (_controller, error) => tell({ status, parts, error }),
  };
}

function outcomeOf<Answer>(
  { status, parts, error }: Answered,
  read: (answer: HttpAnswer) => Outcome<Answer>,
): Outcome<Answer> {
  if (error !== undefined) return unknown(reasonOf(error));
  if (status >= 500 || status === 429) return unknown(status === 429 ? 'overloaded' : 'fault');
  const [only] = parts;
  const body = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  try {
    return read({ status, body: JSON.parse(body.toString('utf8')) });
  } catch {
    return unknown('fault');
  }
}

/** Why there is no answer: errors of the connection carry a code. */
export function reasonOf(error: unknown): UnknownReason {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return 'timeout';
  return typeof (error as { code?: unknown }).code === 'string' ? 'unreachable' : 'fault';
}
