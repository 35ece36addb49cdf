import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where one request goes on to. */
export interface HopTarget {
  /** `http://host:port` or `https://host:port`. */
  readonly origin: string;
  /** Path and query as the upstream is to see them. Default: as they came. */
  readonly path?: string;
  /** Set instead of what came under these names; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the hop's own bound on the time to the first byte of the answer, in ms. */
  readonly headersTimeoutMs?: number;
}

/**
 * What became of a request:
 * - `answered`: the answer has been handed to the client's connection; when the upstream broke off in the middle of it, `complete`
 *   is false and the connection was closed so that the client can tell.
 * - `not-sent`: no byte of it was written to the upstream, its body is untouched, nothing was answered: it may be forwarded elsewhere.
 * - `broken`: it was written, its fate is unknown, nothing was answered.
 * - `refused`: its form does not let it be forwarded to anybody; nothing was answered.
 * - `left`: the client has gone; there is nobody to answer.
 */
export type HopResult =
  | { readonly kind: 'answered'; readonly status: number; readonly complete: boolean }
  | { readonly kind: 'not-sent'; readonly reason: 'unreachable' | 'busy' | 'closed'; readonly error: Error }
  | { readonly kind: 'broken'; readonly reason: 'timeout' | 'reset' | 'protocol'; readonly error: Error }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'upgrade' | 'loop' }
  | { readonly kind: 'left'; readonly sent: boolean };

/** A hop to upstream servers over kept connections: what comes in goes on, byte by byte as it comes, and so does what comes back. */
export interface Hop {
  /**
   * Forwards a request whose body nobody has read, and writes the answer to `response`, to which nothing was written yet. Headers
   * set on `response` before go out with the answer, unless the upstream sends its own. It never rejects.
   */
  forward(request: IncomingMessage, response: ServerResponse, target: HopTarget): Promise<HopResult>;
  /** Breaks off what is under way and closes all connections. */
  close(): Promise<void>;
}

export interface HopOptions {
  /** At most this many connections to one origin; an event stream holds one for itself. Default: as many as there are requests. */
  readonly connections?: number;
  /** Up to the connection, and, when all connections are taken, up to a free one, in ms. Default 2,000. */
  readonly connectTimeoutMs?: number;
  /** From the request's last byte to the answer's first, in ms. Default 30,000. */
  readonly headersTimeoutMs?: number;
  /** The longest pause within an answer, in ms; event streams must say something more often. Default 120,000. */
  readonly bodyTimeoutMs?: number;
  /** Whether whoever is in front tells the truth in `X-Forwarded-…`: then we add to it, else we begin anew. Default false. */
  readonly trustForwarded?: boolean;
  /** Our name in `Via`. Default `jangteo`. */
  readonly name?: string;
  /** How often our name may stand in a request's `Via` already: more is a loop. Default 4. */
  readonly maxHops?: number;
}
