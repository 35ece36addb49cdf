import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ProblemCode, problems } from '../../../contracts/problems.ts';
import type { HopResult } from '../../../platform/proxy/port.ts';

export interface GatewayProblem {
  readonly code: ProblemCode;
  readonly detail: string;
  /** When to ask again, in ms. */
  readonly retryAfterMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a problem (RFC 9457), unless something was answered already or nobody is there. */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  { code, detail, retryAfterMs, headers }: GatewayProblem,
  requestId: string,
  more: readonly string[] = [],
): void {
  if (response.headersSent || response.destroyed) return;
  const { status, title } = problems[code];
  const [instance = '/'] = (request.url ?? '/').split('?');
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, detail, instance, code, requestId });
  for (let at = 0; at < more.length; at += 2) response.setHeader(more[at] as string, more[at + 1] as string);
  response.writeHead(status, {
    ...headers,
    'x-request-id': requestId,
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(retryAfterMs !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }),
    // What is left of a body that nobody reads is not waited for.
    ...(!request.complete && { connection: 'close' }),
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

const RETRY_MS = 1_000;

/** What is told of a request that came to no answer; undefined when there was one, or nobody to tell. */
export function problemOfHop(result: HopResult): GatewayProblem | undefined {
  switch (result.kind) {
    case 'answered':
    case 'left':
      return undefined;
    case 'not-sent':
      return {
        code: 'unavailable',
        detail: 'Nothing of this was begun; asking again is safe.',
        retryAfterMs: RETRY_MS,
      };
    case 'broken':
      // Told as unavailable like every request that a takeover cut off: whoever has its key asks again.
      return result.reason === 'timeout'
        ? { code: 'gateway_timeout', detail: UNKNOWN_FATE }
        : { code: 'unavailable', detail: UNKNOWN_FATE, retryAfterMs: RETRY_MS };
    case 'declined':
      return { code: 'unavailable', detail: MOVED, retryAfterMs: RETRY_MS };
    case 'lost':
      return { code: 'bad_gateway', detail: UNKNOWN_FATE };
    case 'refused':
      return REFUSALS[result.reason];
  }
}

const MOVED = 'The service has moved, or is not well. Ask again with the same Idempotency-Key.';
const UNKNOWN_FATE = 'Whether this was done is not known. Ask again with the same Idempotency-Key.';

const REFUSALS: Readonly<Record<'malformed' | 'upgrade' | 'loop' | 'too-large', GatewayProblem>> = {
  malformed: { code: 'malformed_request', detail: 'The request cannot be forwarded as it is.' },
  upgrade: { code: 'upgrade_refused', detail: 'This address speaks HTTP only; event streams are at …/events.' },
  loop: { code: 'loop_detected', detail: 'The request came back to where it was before.' },
  'too-large': { code: 'payload_too_large', detail: 'The body is larger than this address takes.' },
};

export const SHED: GatewayProblem = {
  code: 'unavailable',
  detail: 'There is more to do than can be done just now. Nothing of this was begun; asking again is safe.',
  retryAfterMs: 1_000,
};

export const FAULT: GatewayProblem = {
  code: 'internal_error',
  detail:
    'Something went wrong on our side. Whether this was done is not known: ask again with the same Idempotency-Key.',
};

const DRILL = 'This is a drill: the fault was made on purpose.';
/** What a drill answers in place of a service. */
export const DRILLED: Readonly<Record<429 | 500 | 502 | 503 | 504, GatewayProblem>> = {
  429: { code: 'too_many_requests', detail: DRILL, retryAfterMs: 1_000 },
  500: { code: 'internal_error', detail: DRILL },
  502: { code: 'bad_gateway', detail: DRILL },
  503: { code: 'unavailable', detail: DRILL, retryAfterMs: 1_000 },
  504: { code: 'gateway_timeout', detail: DRILL },
};
