import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Random } from '../../../platform/clock/port.ts';
import type { Hop, HopResult, HopTarget } from '../../../platform/proxy/port.ts';
import type { Route } from '../routes/schema.ts';
import type { Budget } from './budget.ts';
import type { Origin, Origins } from './origins.ts';
import type { RecentTimes } from './recent-times.ts';
import type { Tally } from './tally.ts';

export interface AttemptParts {
  readonly hop: Hop;
  readonly origins: Origins;
  readonly clock: Clock;
  readonly random: Random;
  readonly budget: Budget;
  /** How long a request waits for somebody who has its service, e.g. through a takeover, in ms. Default 8,000. */
  readonly patienceMs?: number;
}

/** A request on its way to one service. */
export interface Errand {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route;
  readonly service: string;
  readonly traceparent: string;
  /** Goes out with the answer: name, value, name, value…. */
  readonly answerHeaders: readonly string[];
  readonly timeoutMs: number | undefined;
  readonly maxBodyBytes: number | undefined;
  /** Of answers of this route. */
  readonly times: RecentTimes;
  readonly tally: Tally;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const PATIENCE_MS = 8_000;
const PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 400;
/** So many breaks of connections are put down to processes that went away; what breaks more of them is not sent again for that. */
const MOST_MOVES = 3;
/** Who was asked has the service no more; nothing was begun. */
const MISDIRECTED = 421;
const ELSEWHERE: ReadonlySet<number> = new Set([MISDIRECTED]);
const UNWELL: ReadonlySet<number> = new Set([MISDIRECTED, 502, 503, 504]);
const NOBODY: HopResult = { kind: 'not-sent', reason: 'unreachable', error: new Error('nobody has this service') };

/**
 * Sends a request until somebody answers. What was not begun is tried until its patience ends, whatever it is. What is safe
 * (RFC 9110 §9.2.1) is sent again when whoever had it went away; and when its fate is unknown otherwise, or the answer was 502, 503
 * or 504, as often as its route says and the budget allows. Everything else is sent once.
 */
export async function attempt(parts: AttemptParts, errand: Errand): Promise<HopResult> {
  const { origins, budget, clock, patienceMs = PATIENCE_MS } = parts;
  const { service, request, response, route, tally } = errand;
  budget.earn();
  let found = origins.of(service, request);
  let retries = isSafe(request) ? (route.retries ?? 0) : 0;
  let until: number | undefined;
  for (let [failures, moves] = [0, 0]; ; failures++) {
    const result =
      found === undefined
        ? NOBODY
        : await once(parts, errand, found, retries > 0 && budget.isLeft ? UNWELL : ELSEWHERE);
    const repeat = repeatOf(result, request);
    if (repeat === 'never') return result;
    const now = clock.now();
    until ??= now + patienceMs;
    if (now >= until) return result;
    const longestMs = found === undefined ? patienceMs : pauseMs(parts.random, failures);
    await origins.change(service, found, Math.min(longestMs, until - now));
    if (response.destroyed) return { kind: 'left', sent: false };
    const next = origins.of(service, request);
    const isElsewhere = repeat === 'elsewhere' && next !== found && moves++ < MOST_MOVES;
    if (repeat !== 'freely' && !isElsewhere && (retries-- <= 0 || !budget.spend())) return result;
    if (found !== undefined) tally.repeated++;
    found = next;
  }
}

type Repeat = 'freely' | 'elsewhere' | 'sparingly' | 'never';

/** When the request that came to this may be sent again. */
function repeatOf(result: HopResult, request: IncomingMessage): Repeat {
  switch (result.kind) {
    case 'not-sent':
      return result.reason === 'closed' ? 'never' : 'freely';
    case 'declined':
      if (result.status !== MISDIRECTED) return 'sparingly';
      // A body that has gone on cannot be read again.
      return hasBody(request) ? 'never' : 'freely';
    case 'broken':
      if (!isSafe(request)) return 'never';
      return result.reason === 'timeout' ? 'sparingly' : 'elsewhere';
    default:
      return 'never';
  }
}

function pauseMs(random: Random, failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** failures) * (0.5 + random.fraction());
}

function once(
  parts: AttemptParts,
  errand: Errand,
  found: Origin,
  decline: ReadonlySet<number>,
): Promise<HopResult> | HopResult {
  const afterMs = hedgeAfter(errand);
  const target = targetOf(errand, found, decline);
  if (errand.route.hedge === undefined) return parts.hop.forward(errand.request, errand.response, target);
  return timed(parts, errand, target, afterMs);
}

async function timed(
  parts: AttemptParts,
  errand: Errand,
  target: HopTarget,
  afterMs: number | undefined,
): Promise<HopResult> {
  const from = parts.clock.now();
  const result = await (afterMs === undefined
    ? parts.hop.forward(errand.request, errand.response, target)
    : hedged(parts, errand, target, afterMs));
  if (result.kind === 'answered') errand.times.add(parts.clock.now() - from);
  return result;
}

function targetOf(
  { traceparent, answerHeaders, timeoutMs, maxBodyBytes }: Errand,
  { origin, headers }: Origin,
  decline: ReadonlySet<number>,
): HopTarget {
  return {
    origin,
    headers: headers === undefined ? { traceparent } : { ...headers, traceparent },
    decline,
    answerHeaders,
    headersTimeoutMs: timeoutMs,
    maxBodyBytes,
  };
}

/** After how long a request is sent a second time; undefined when it never is. */
function hedgeAfter({ route, request, times }: Errand): number | undefined {
  if (route.hedge === undefined || request.method !== 'GET' || hasBody(request)) return undefined;
  const p95 = times.p95();
  return p95 === undefined ? undefined : Math.max(route.hedge.afterMs, p95);
}

/**
 * A hedged read (Dean and Barroso, "The Tail at Scale", 2013): what takes unusually long is asked a second time, elsewhere where
 * there is an elsewhere; the first answer is passed on and the other attempt ended.
 */
async function hedged(parts: AttemptParts, errand: Errand, target: HopTarget, afterMs: number): Promise<HopResult> {
  const { request, response, service } = errand;
  const race = parts.hop.race();
  const first = parts.hop.forward(request, response, { ...target, race });
  const late = Promise.withResolvers<'late'>();
  const cancel = parts.clock.after(afterMs, () => late.resolve('late'));
  const early = await Promise.race([first, late.promise]);
  cancel();
  if (early !== 'late') return early;
  const found = parts.origins.of(service, request);
  if (found === undefined || response.headersSent || !parts.budget.spend()) return first;
  errand.tally.hedged++;
  const second = parts.hop.forward(request, response, { ...targetOf(errand, found, ELSEWHERE), race });
  const both = await Promise.all([first, second]);
  return both.find(({ kind }) => kind === 'answered' || kind === 'left') ?? both[0];
}

function isSafe(request: IncomingMessage): boolean {
  return SAFE.has(request.method ?? '') && !hasBody(request);
}

/** Whether a request says that it has a body; one without may be sent again, and mirrored. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length = '0' } = headers;
  return headers['transfer-encoding'] !== undefined || length !== '0';
}
