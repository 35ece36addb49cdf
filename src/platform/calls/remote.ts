import { type Dispatcher, Pool } from 'undici';
import type { CallContext } from '../../kernel/contract.ts';
import { type Outcome, unknown } from '../../kernel/outcome.ts';
import { type Answered, answerTo, reasonOf } from '../http/door.ts';
import { isSampled } from '../telemetry/port.ts';

/** Where a process answers the calls of its peers: `/internal/calls/<service>/<call>`. */
export const CALLS_PATH = '/internal/calls';
/** What a process answers that does not lead the service: nothing has happened, ask another. */
export const MISDIRECTED = 421;

/** A call as it travels. */
export interface SentCall {
  readonly request: unknown;
  readonly context: Omit<CallContext, 'traceparent'>;
}

/** Asks other processes of the shop, over connections that are kept. */
export interface RemoteAsking {
  /** The outcome, or `elsewhere` when it is certain that the process has not taken the call. It never throws. */
  ask(
    origin: string,
    service: string,
    call: string,
    request: unknown,
    context: CallContext,
  ): Promise<Outcome<unknown> | 'elsewhere'>;
  /** Breaks off what is under way to a process that is known to be gone: each such call is `unknown: unreachable`. */
  drop(origin: string): void;
  close(): Promise<void>;
}

export interface RemoteAskingOptions {
  /** What processes of the shop show each other. */
  readonly token: string;
  /** Calls under way at once to one process; others wait their turn. */
  readonly connections: number;
  /** After this long without an answer the connection is given up, in ms. */
  readonly timeoutMs: number;
}

const CONNECT_MS = 2_000;
/** Errors before anything was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']);

/** Calls as one HTTP request each: JSON there and back, so that any proxy may stand between. */
export function remoteAsking({ token, connections, timeoutMs }: RemoteAskingOptions): RemoteAsking {
  const pools = new Map<string, Pool>();
  const authorization = `Bearer ${token}`;
  const poolFor = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, {
      connections,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: CONNECT_MS },
    });
    pools.set(origin, pool);
    return pool;
  };

  return {
    ask(origin, service, call, request, { traceparent, ...context }) {
      const sent: SentCall = { request, context };
      const headers: Record<string, string> = { authorization, 'content-type': 'application/json' };
      if (isSampled(traceparent)) headers.traceparent = traceparent;
      const question: Dispatcher.DispatchOptions = {
        method: 'POST',
        path: `${CALLS_PATH}/${service}/${call}`,
        headers,
        body: JSON.stringify(sent),
      };
      return new Promise((resolve) => {
        poolFor(origin).dispatch(
          question,
          answerTo((answered) => resolve(read(answered))),
        );
      });
    },
    drop(origin) {
      const pool = pools.get(origin);
      pools.delete(origin);
      void pool?.destroy();
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

function read({ status, parts, error }: Answered): Outcome<unknown> | 'elsewhere' {
  if (error !== undefined) {
    const { code } = error as { readonly code?: string };
    return code !== undefined && NOT_SENT.has(code) ? 'elsewhere' : unknown(reasonOf(error));
  }
  if (status === MISDIRECTED) return 'elsewhere';
  if (status !== 200) return unknown(status === 503 || status === 429 ? 'overloaded' : 'fault');
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as Outcome<unknown>;
  } catch {
    return unknown('fault');
  }
}
