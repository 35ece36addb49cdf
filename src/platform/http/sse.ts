import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json } from '../../kernel/json.ts';
import type { Clock } from '../clock/port.ts';
import { Problem } from './problem.ts';

/** One server-sent event. `id` is the token by which another replica resumes. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data: Json;
}

/** A client that listens. Sending to one that has gone does nothing. */
export interface EventStream {
  send(event: ServerSentEvent): void;
  /** Ends the stream for good; the client is not asked to come back. */
  close(): void;
  /** Calls `listener` once when the stream has ended, whoever ended it; at once when it already has. */
  onClose(listener: () => void): void;
}

/** All streams of one server: one heartbeat for all, a cap per client, and one way to end them. */
export interface EventStreams {
  open(client: string, response: ServerResponse, headers: Readonly<Record<string, string>>): EventStream;
  readonly count: number;
  /** Ends every stream and tells the clients to come back after `retryMs`. */
  closeAll(retryMs: number): void;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly eventStreams: EventStreams;
  }
  interface FastifyReply {
    /** The answer is a stream of events, which ends when its client goes. */
    streamsEvents: boolean;
  }
}

export interface EventStreamLimits {
  readonly heartbeatMs?: number;
  readonly perClient?: number;
  /** A client that lets this many bytes wait is cut off; it resumes by `Last-Event-ID`. */
  readonly waitingBytes?: number;
}

/**
 * Answers a request with a stream of events: in a route, `const stream = openEventStream(request, reply)`.
 * Throws `too_many_requests` when the client has as many streams as it may.
 */
export function openEventStream(request: FastifyRequest, reply: FastifyReply): EventStream {
  const client = request.headers.authorization ?? request.ip;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) headers[name] = String(value);
  const stream = request.server.eventStreams.open(client, reply.raw, headers);
  reply.streamsEvents = true;
  reply.hijack();
  if (request.method === 'HEAD') stream.close();
  return stream;
}

/** Where a client that was cut off wants to go on, undefined at its first call. */
export function lastEventId(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  const id = request.headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The streams of one server. A single heartbeat keeps all of them open through proxies. */
export function eventStreams(clock: Clock, limits: EventStreamLimits = {}): EventStreams {
  const { heartbeatMs = 15_000, perClient = 20, waitingBytes = 1_000_000 } = limits;
  const open = new Set<ServerResponse>();
  const ofClient = new Map<string, number>();
  let stopHeartbeat: (() => void) | undefined;
  let closedWith: string | undefined;

  const write = (response: ServerResponse, text: string) => {
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > waitingBytes) response.destroy();
    else response.write(text);
  };
  const beat = () => {
    for (const response of open) write(response, ': still here\n\n');
    stopHeartbeat = open.size > 0 ? clock.after(heartbeatMs, beat) : undefined;
  };
  const forget = (client: string, response: ServerResponse) => {
    if (!open.delete(response)) return;
    const left = (ofClient.get(client) ?? 1) - 1;
    if (left === 0) ofClient.delete(client);
    else ofClient.set(client, left);
    if (open.size === 0) {
      stopHeartbeat?.();
      stopHeartbeat = undefined;
    }
  };

  return {
    get count() {
      return open.size;
    },
    open(client, response, headers) {
      // Whoever has gone while the route looked things up ends nothing any more, and would hold a place for ever.
      if (response.closed) return { send() {}, close() {}, onClose: (listener) => listener() };
      const taken = ofClient.get(client) ?? 0;
      if (taken >= perClient) {
        throw new Problem('too_many_requests', `One client may hold ${perClient} streams; close one first.`);
      }
      ofClient.set(client, taken + 1);
      open.add(response);
      const listeners: (() => void)[] = [];
      response.on('close', () => {
        forget(client, response);
        for (const listener of listeners.splice(0)) listener();
      });
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      response.flushHeaders();
      if (closedWith !== undefined) response.end(closedWith);
      stopHeartbeat ??= clock.after(heartbeatMs, beat);
      return {
        send: (event) => write(response, render(event)),
        close: () => void response.end(),
        onClose(listener) {
          if (response.closed) listener();
          else listeners.push(listener);
        },
      };
    },
    closeAll(retryMs) {
      closedWith = `retry: ${retryMs}\n\n`;
      for (const response of open) response.end(closedWith);
    },
  };
}

/** JSON holds no line break, so one `data:` line is enough. */
function render({ id, event, data }: ServerSentEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}
