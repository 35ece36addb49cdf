import type { Clock } from '../clock/port.ts';
import type { Logger } from '../telemetry/port.ts';
import { bulkhead } from './bulkhead.ts';
import { type CircuitState, circuitBreaker } from './circuit-breaker.ts';
import { compose, type Policy } from './port.ts';
import { timeout } from './timeout.ts';

/** How the calls to a neighbour are guarded, all together. */
export interface GuardSettings {
  readonly timeoutMs: number;
  /** As many calls are under way at once; as many more may wait. */
  readonly concurrent: number;
  readonly queued: number;
  /** How long an open circuit breaker waits before it lets one call through. */
  readonly openMs: number;
}

/** A guarded neighbour, as an operator sees it. */
export interface Guard {
  readonly name: string;
  readonly policy: Policy;
  state(): CircuitState;
}

const BREAKER = { failureRatio: 0.5, minimumCalls: 20, windowMs: 10_000 };

/**
 * Bulkhead, circuit breaker and timeout before one neighbour: its trouble stays its own. Nothing is repeated here: whoever
 * asked knows whether asking again is worth it, and has the key.
 */
export function guardOf(name: string, settings: GuardSettings, clock: Clock, logger: Logger): Guard {
  const { timeoutMs, concurrent, queued, openMs } = settings;
  const onChange = (state: CircuitState) => logger.warn({ neighbour: name, state }, 'a circuit breaker changed');
  const breaker = circuitBreaker(clock, { ...BREAKER, openMs, onChange });
  const policy = compose(bulkhead({ concurrent, queued }), breaker.policy, timeout(clock, timeoutMs));
  return { name, policy, state: breaker.state };
}
