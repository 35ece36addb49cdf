import type { Handlers } from '../../kernel/contract.ts';
import type { Clock } from '../clock/port.ts';
import type { Logger, Metrics } from '../telemetry/port.ts';
import { bulkhead } from './bulkhead.ts';
import { breakerValue, circuitBreaker } from './circuit-breaker.ts';
import { type Ask, compose, type Policy } from './port.ts';
import { timeout } from './timeout.ts';

export interface Guard {
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'watch'>;
  /** As many questions are under way at once; as many again times `queuedPerConnection` may wait. */
  readonly connections: number;
  readonly timeoutMs: number;
  /** How long an open breaker waits before it lets one question through. */
  readonly openMs: number;
}

const QUEUED_PER_CONNECTION = 32;
const FAILURE_RATIO = 0.5;
const MINIMUM_CALLS = 20;
const WINDOW_MS = 10_000;

/**
 * Guards another company's API, all its calls together: so many at once, each with a deadline, and none while the other side
 * does not answer. Nothing is repeated here: whoever asked knows whether asking again is worth it, and has the key.
 */
export function guarded<C extends { readonly calls: object }>(handlers: Handlers<C>, guard: Guard): Handlers<C> {
  const { clock, logger, metrics, name } = guard;
  const breaker = circuitBreaker(clock, {
    failureRatio: FAILURE_RATIO,
    minimumCalls: MINIMUM_CALLS,
    windowMs: WINDOW_MS,
    openMs: guard.openMs,
    onChange: (state) => logger.warn({ door: name, state }, 'a circuit breaker changed'),
  });
  metrics.watch('jangteo_breaker_state', () => [{ labels: { breaker: name }, value: breakerValue(breaker.state()) }]);
  const policy: Policy = compose(
    bulkhead({ concurrent: guard.connections, queued: guard.connections * QUEUED_PER_CONNECTION }),
    breaker.policy,
    timeout(clock, guard.timeoutMs),
  );
  const calls = Object.entries(handlers as Record<string, Ask<unknown, unknown>>);
  return Object.fromEntries(calls.map(([call, ask]) => [call, policy(ask)])) as Handlers<C>;
}
