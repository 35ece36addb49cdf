import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, type Random, sleep } from '../../../platform/clock/port.ts';
import type { Hop, HopResult, HopTarget } from '../../../platform/proxy/port.ts';
import type { Route } from '../routes/schema.ts';
import type { Budget } from './budget.ts';
import type { Origins } from './origins.ts';
import type { RecentTimes } from './recent-times.ts';

export interface AttemptParts {
  readonly hop: Hop;
  readonly origins: Origins;
  readonly clock: Clock;
  readonly random: Random;
  readonly budget: Budget;
}

/** A request on its way to one service. */
export interface Errand {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route;
  readonly service: string;
  /** What every attempt is sent with. */
  readonly target: Omit<HopTarget, 'origin'>;
  /** Of answers of this route. */
  readonly times: RecentTimes;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What was not sent is tried so often: a leader that moved is found again within it. */
const UNSENT_TRIES = 4;
const PAUSE_MS = 25;
const UNWELL: ReadonlySet<number> = new Set([502, 503, 504]);
const NOBODY = new Error('nobody has this service');

/**
 * Sends a request until somebody answers: again when nothing of it was sent, whatever it is; again when it is safe (RFC 9110 §9.2.1)
 * and its fate is unknown or the answer was 502, 503 or 504, as often as its route says and the budget allows.
 */
export async function attempt(parts: AttemptParts, errand: Errand): Promise<HopResult> {
  const { route, request } = errand;
  const isSafe = SAFE.has(request.method ?? '') && !hasBody(request);
  let retries = isSafe ? (route.retries ?? 0) : 0;
  parts.budget.earn();
  for (let unsent = 0; ; ) {
    const decline = retries > 0 ? UNWELL : undefined;
    const result = await once(parts, errand, decline);
    if (result.kind === 'not-sent') {
      if (++unsent >= UNSENT_TRIES || result.reason === 'closed') return result;
      await sleep(parts.clock, PAUSE_MS * 2 ** unsent * (0.5 + parts.random.fraction()));
    } else if (result.kind === 'broken' || result.kind === 'declined') {
      const mayRepeat = retries-- > 0 && parts.budget.spend();
      if (result.kind === 'broken' && !mayRepeat) return result;
      if (!mayRepeat) retries = 0;
    } else return result;
    if (errand.response.destroyed) return { kind: 'left', sent: false };
  }
}

async function once(parts: AttemptParts, errand: Errand, decline: ReadonlySet<number> | undefined): Promise<HopResult> {
  const origin = parts.origins(errand.service);
  if (origin === undefined) return { kind: 'not-sent', reason: 'unreachable', error: NOBODY };
  const target: HopTarget = { ...errand.target, origin, ...(decline !== undefined && { decline }) };
  const from = parts.clock.now();
  const afterMs = hedgeAfter(errand);
  const result =
    afterMs === undefined
      ? await parts.hop.forward(errand.request, errand.response, target)
      : await hedged(parts, errand, target, afterMs);
  if (result.kind === 'answered') errand.times.add(parts.clock.now() - from);
  return result;
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
  const origin = parts.origins(service);
  if (origin === undefined || response.headersSent || !parts.budget.spend()) return first;
  const second = parts.hop.forward(request, response, { ...target, origin, race });
  const both = await Promise.all([first, second]);
  return both.find(({ kind }) => kind === 'answered' || kind === 'left') ?? both[0];
}

export function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length = '0' } = headers;
  return headers['transfer-encoding'] !== undefined || length !== '0';
}
