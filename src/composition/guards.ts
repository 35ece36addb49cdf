import type { Clock } from '../platform/clock/port.ts';
import { bulkhead } from '../platform/resilience/bulkhead.ts';
import { type CircuitState, circuitBreaker } from '../platform/resilience/circuit-breaker.ts';
import { compose, type Policy } from '../platform/resilience/port.ts';
import { timeout } from '../platform/resilience/timeout.ts';
import type { Logger } from '../platform/telemetry/port.ts';

/** How the calls to a service are guarded; from the topology. */
export interface GuardSettings {
  readonly timeoutMs: number;
  readonly concurrent: number;
  readonly queued: number;
  /** How long its open circuit breaker waits before it lets one call through. */
  readonly openMs: number;
}

/** A guarded service, as an operator sees it. */
export interface Guarded {
  readonly service: string;
  readonly policy: Policy;
  state(): CircuitState;
}

const BREAKER = { failureRatio: 0.5, minimumCalls: 20, windowMs: 10_000 };

/** Bulkhead, circuit breaker and timeout before one service: its trouble stays its own. */
export function guardOf(service: string, settings: GuardSettings, clock: Clock, logger: Logger): Guarded {
  const { timeoutMs, concurrent, queued, openMs } = settings;
  const onChange = (state: CircuitState) => logger.warn({ service, state }, 'a circuit breaker changed');
  const breaker = circuitBreaker(clock, { ...BREAKER, openMs, onChange });
  const policy = compose(bulkhead({ concurrent, queued }), breaker.policy, timeout(clock, timeoutMs));
  return { service, policy, state: breaker.state };
}
