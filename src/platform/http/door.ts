import { errors, Pool } from 'undici';
import { type Outcome, type UnknownReason, unknown } from '../../kernel/outcome.ts';
import { isSampled } from '../telemetry/port.ts';

/** What came back over HTTP: a status below 500 and its JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
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
  readonly url: string;
  readonly connections: number;
  /** After this long without an answer the connection is given up, in ms. */
  readonly timeoutMs: number;
}

const HEADERS = { 'content-type': 'application/json' };

export function httpDoor({ url, connections, timeoutMs }: HttpDoorOptions): HttpDoor {
  const pool = new Pool(url, {
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
  });

  return {
    async ask({ method, path, body, traceparent }, read) {
      try {
        const answer = await pool.request(
          body === undefined
            ? { method, path, headers: isSampled(traceparent) ? { traceparent } : {} }
            : {
                method,
                path,
                headers: isSampled(traceparent) ? { ...HEADERS, traceparent } : HEADERS,
                body: JSON.stringify(body),
              },
        );
        const status = answer.statusCode;
        if (status < 500 && status !== 429) return read({ status, body: await answer.body.json() });
        await answer.body.dump();
        return unknown(status === 429 ? 'overloaded' : 'fault');
      } catch (error) {
        return unknown(reasonOf(error));
      }
    },
    close: () => pool.destroy(),
  };
}

/** Errors of the connection carry a code; what has none is a body that is no JSON. */
function reasonOf(error: unknown): UnknownReason {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return 'timeout';
  return typeof (error as { code?: unknown }).code === 'string' ? 'unreachable' : 'fault';
}
