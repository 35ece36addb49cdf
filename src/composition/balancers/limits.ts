/** What every engine is told alike, whatever its words for it are. Times in ms. */
export const limits = {
  connectMs: 2_000,
  /** Longer than the longest `Prefer: wait` (30 s) and several heartbeats of an event stream (15 s). */
  silentMs: 75_000,
  /** A little longer than the processes keep an idle connection (75 s), so that they close it and not we in between. */
  passedThroughIdleMs: 80_000,
  /** A little shorter than the processes do, so that no request is sent on a connection that is just being closed. */
  keptUpstreamMs: 60_000,
  requestHeadMs: 10_000,
  /** Health: asked this often, believed down after so many failures, and up again after so many answers. */
  healthEveryMs: 500,
  healthTimeoutMs: 2_000,
  failures: 2,
  answers: 2,
  /** Attempts in all for a request that nobody has begun yet. */
  attempts: 3,
  /** Answers of the kind 5xx in a row after which an upstream is left alone, though it calls itself ready. */
  brokenAnswers: 10,
  ejectedMs: 3_000,
  /** How long a reload lets streams of before go on. */
  lingerMs: 3_600_000,
  retryAfterSeconds: 1,
} as const;

/** Methods that may be asked twice (RFC 9110, section 9.2.2). */
export const idempotentMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'] as const;

/** Without a dash, for nginx makes a variable of it. */
export const STICKY_COOKIE = 'jangteo_replica';

/** What clients see when the balancer itself has to answer: a problem of the shop's own catalogue (RFC 9457). */
export function unavailable(status: number | string): string {
  return JSON.stringify({ ...unavailableParts, status });
}

export const unavailableParts = {
  type: '/problems/unavailable',
  title: 'Not available just now; asking again is safe',
  detail: 'No process of the shop could answer. Ask again with the same Idempotency-Key.',
  code: 'unavailable',
} as const;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
