import { done } from '../../kernel/outcome.ts';
import type { Clock } from '../clock/port.ts';
import { UnavailableFault } from '../event-store/port.ts';
import { type HttpAnswer, type HttpQuestion, httpDoor } from '../http/door.ts';
import { type CircuitState, circuitBreaker } from '../resilience/circuit-breaker.ts';
import { compose, type Policy } from '../resilience/port.ts';
import { timeout } from '../resilience/timeout.ts';
import type { Logger } from '../telemetry/port.ts';

/** An OpenSearch over HTTP. What it refuses is an answer; where it cannot be asked, these throw an UnavailableFault. */
export interface Engine {
  /** A search: given up soon, and not even sent while the breaker is open. */
  query(question: HttpQuestion): Promise<HttpAnswer>;
  /** Everything else: may take long. */
  ask(question: HttpQuestion): Promise<HttpAnswer>;
  breaker(): CircuitState;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly url: string;
  /** After so long a search is given up, in ms. */
  readonly queryTimeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const QUERY_CONNECTIONS = 32;
const WRITE_CONNECTIONS = 6;
const WRITE_TIMEOUT_MS = 60_000;
const BREAKER = { failureRatio: 0.5, minimumCalls: 5, windowMs: 10_000, openMs: 1_000 };

/** An engine that is too busy for now; the same may be asked again later. */
export class OverloadedEngine extends UnavailableFault {}

export function openEngine({ url, queryTimeoutMs, clock, logger }: EngineOptions): Engine {
  const queries = httpDoor({ url, connections: QUERY_CONNECTIONS, timeoutMs: queryTimeoutMs });
  const writes = httpDoor({ url, connections: WRITE_CONNECTIONS, timeoutMs: WRITE_TIMEOUT_MS });
  const breaker = circuitBreaker(clock, {
    ...BREAKER,
    onChange: (state) => logger.warn({ neighbour: 'opensearch', state }, 'a circuit breaker changed'),
  });
  const asking = (door: typeof queries, policy: Policy) => {
    const ask = policy((question: HttpQuestion) => door.ask(question, done));
    return async (question: HttpQuestion): Promise<HttpAnswer> => {
      const outcome = await ask(question, {});
      if (outcome.kind === 'done') return outcome.answer;
      const reason = outcome.kind === 'unknown' ? outcome.reason : outcome.rejection.code;
      const Fault = reason === 'overloaded' ? OverloadedEngine : UnavailableFault;
      throw new Fault(`OpenSearch cannot be asked: ${reason}`);
    };
  };
  return {
    // The connection's own timers tick in seconds; the policy's keep to the milliseconds.
    query: asking(queries, compose(breaker.policy, timeout(clock, queryTimeoutMs))),
    ask: asking(writes, timeout(clock, WRITE_TIMEOUT_MS)),
    breaker: breaker.state,
    async close() {
      await Promise.all([queries.close(), writes.close()]);
    },
  };
}
