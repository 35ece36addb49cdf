import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Clock } from '../../platform/clock/port.ts';
import { isSampled, type Metrics, type Tracing } from '../../platform/telemetry/port.ts';
import { forwardReader } from './forwarded-for.ts';

/** What shoppers were promised is counted where they come in, whoever answers: `checkout` is every attempt to buy, by page or program. */
const OBJECTIVES = [{ objective: 'checkout', method: 'POST', path: /\/checkout$/ }] as const;

/** Counts how a process's door keeps the shop's objectives, and begins or continues there the trace of what comes in. */
export function watchDoor(
  server: Server | SecureServer,
  parts: {
    readonly metrics: Pick<Metrics, 'objectiveAnswered'>;
    /** Absent where whoever answers is in the same process: its span is the door's. */
    readonly tracing?: Pick<Tracing, 'begin'>;
    /** What processes of the shop show each other; absent where none of them passes requests on to this door. */
    readonly token?: string;
    readonly clock: Pick<Clock, 'now'>;
  },
): void {
  const nameIn = parts.token === undefined ? () => undefined : forwardReader(parts.token);
  /** Forwarded by a peer or a gateway that has counted it, or between processes alone. */
  const isInside = ({ url = '', headers }: IncomingMessage) =>
    nameIn(headers) !== undefined || url.startsWith('/internal/');
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isInside(request)) return;
    countObjective(request, response, parts);
    const { traceparent } = request.headers;
    if (parts.tracing !== undefined && isSampled(traceparent as string | undefined))
      traceOn(request, response, parts.tracing);
  });
}

function countObjective(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  { metrics, clock }: Pick<Parameters<typeof watchDoor>[1], 'metrics' | 'clock'>,
): void {
  if (method === 'GET') return;
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  const found = OBJECTIVES.find((each) => each.method === method && each.path.test(path));
  if (found === undefined) return;
  const from = clock.now();
  response.once('close', () => {
    // Who left before there was an answer was not let down by us, as far as anybody knows.
    if (!response.headersSent) return;
    metrics.objectiveAnswered(found.objective, response.statusCode, (clock.now() - from) / 1_000);
  });
}

/** The request goes on, also to another process, as a part of the door's span. */
function traceOn(request: IncomingMessage, response: ServerResponse, tracing: Pick<Tracing, 'begin'>): void {
  const method = request.method ?? '';
  const incoming = String(request.headers.traceparent).slice(0, 55);
  const span = tracing.begin(`door ${method}`, { 'http.request.method': method }, incoming);
  if (span === undefined) return;
  request.headers.traceparent = span.traceparent;
  const { rawHeaders } = request;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.toLowerCase() === 'traceparent') rawHeaders[at + 1] = span.traceparent;
  response.once('close', () => span.end({ 'http.response.status_code': response.statusCode }));
}
