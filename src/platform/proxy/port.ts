import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where one request goes on to. */
export interface HopTarget {
  /** `http://host:port` or `https://host:port`. */
  readonly origin: string;
  /** Path and query as the upstream is to see them. Default: as they came. */
  readonly path?: string;
  /** Set instead of what came under these names; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes out with the answer, name, value, name, value…, names in lower case; what the upstream sends under the same name counts instead. */
  readonly answerHeaders?: readonly string[];
  /** In place of the hop's own bound on the time to the first byte of the answer, in ms. */
  readonly headersTimeoutMs?: number | undefined;
  /** A longer body is refused as soon as it is seen, though a part of it has gone on by then. */
  readonly maxBodyBytes?: number | undefined;
  /** Answers of these statuses are not passed on: the caller tries elsewhere. */
  readonly decline?: ReadonlySet<number>;
  /** Of all that are forwarded in one race only the first answer is passed on; the others are ended. For requests without a body. */
  readonly race?: Race;
}

/** Several attempts at one request, of which one may answer; made by `Hop.race`. */
export interface Race {
  /** Takes part; `lose` is called when another wins. */
  enter(lose: () => void): void;
  /** True for the first who asks, whose `lose` is not called. */
  win(lose: () => void): boolean;
}

/**
 * What became of a request:
 * - `answered`: the answer has been handed to the client's connection; when the upstream broke off in the middle of it, `complete`
 *   is false and the connection was closed so that the client can tell.
 * - `not-sent`: no byte of it was written to the upstream, its body is untouched, nothing was answered: it may be forwarded elsewhere.
 * - `broken`: it was written, its fate is unknown, nothing was answered.
 * - `declined`: the answer had one of the statuses that the target declines; nothing was answered.
 * - `refused`: its form does not let it be forwarded to anybody, or its body is too large; nothing was answered.
 * - `lost`: another of its race answers.
 * - `left`: the client has gone; there is nobody to answer.
 */
export type HopResult =
  | { readonly kind: 'answered'; readonly status: number; readonly complete: boolean }
  | { readonly kind: 'not-sent'; readonly reason: 'unreachable' | 'busy' | 'closed'; readonly error: Error }
  | { readonly kind: 'broken'; readonly reason: 'timeout' | 'reset' | 'protocol'; readonly error: Error }
  | { readonly kind: 'refused'; readonly reason: 'malformed' | 'upgrade' | 'loop' | 'too-large' }
  | { readonly kind: 'declined'; readonly status: number }
  | { readonly kind: 'lost' }
  | { readonly kind: 'left'; readonly sent: boolean };

/** A hop to upstream servers over kept connections: what comes in goes on, byte by byte as it comes, and so does what comes back. */
export interface Hop {
  /**
   * Forwards a request whose body nobody has read, and writes the answer to `response`, to which nothing was written yet. Headers
   * set on `response` before go out with the answer, unless the upstream sends its own. It never rejects.
   */
  forward(request: IncomingMessage, response: ServerResponse, target: HopTarget): Promise<HopResult>;
  /** A race for the attempts at one request. */
  race(): Race;
  /**
   * Sends a copy of a request that has no body and throws the answer away; resolves with its status, or undefined when there was
   * none. It never rejects.
   */
  echo(request: IncomingMessage, target: HopTarget): Promise<number | undefined>;
  /** Breaks off what is under way to an upstream that is known to be gone: each such request is `broken`. */
  drop(origin: string): void;
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
  /** Whether whoever is in front, at this address, tells the truth in `X-Forwarded-…`: then we add to it, else we begin anew. Default false. */
  readonly trustForwarded?: boolean | ((address: string | undefined) => boolean);
  /** Our name in `Via`. Default `jangteo`. */
  readonly name?: string;
  /** How often our name may stand in a request's `Via` already: more is a loop. Default 4. */
  readonly maxHops?: number;
}
