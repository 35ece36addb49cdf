import type { CallContract } from '../kernel/contract.ts';
import type { Guard } from '../platform/resilience/guard.ts';
import { compose, type Policy } from '../platform/resilience/port.ts';
import { retry, retryBudget } from '../platform/resilience/retry.ts';
import type { Engines } from './engines/engines.ts';

const QUERY_RETRIES = { attempts: 3, firstMs: 20, mostMs: 200 };
/** Retries per question, and how many may be saved up: a load that fails grows by a tenth, not threefold. */
const BUDGET = { ratio: 0.1, reserve: 10 };

/**
 * How each call to a service is made: behind its guard, if it has one. A query is asked again when its outcome is unknown, within a
 * budget that the service's queries share. A command is not: whoever sent it has the key and knows whether asking again is worth it.
 */
export function policies(
  guard: Guard | undefined,
  { clock, random }: Pick<Engines, 'clock' | 'random'>,
): (call: CallContract) => Policy {
  const again = retry(clock, random, retryBudget(BUDGET.ratio, BUDGET.reserve), QUERY_RETRIES);
  const guarding: Policy = guard?.policy ?? ((next) => next);
  const query = compose(again, guarding);
  return ({ kind }) => (kind === 'query' ? query : guarding);
}
