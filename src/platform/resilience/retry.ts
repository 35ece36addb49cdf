import { type Clock, type Random, sleep } from '../clock/port.ts';
import type { Policy } from './port.ts';

/** How long to wait before attempt n (from 1): exponential with full jitter, which spreads a crowd of retries best. */
export function backoffMs(
  attempt: number,
  random: Random,
  options: { readonly firstMs: number; readonly mostMs: number },
): number {
  return random.fraction() * Math.min(options.mostMs, options.firstMs * 2 ** Math.min(attempt - 1, 30));
}

/** What retries may cost: each question earns a fraction of a retry, so retries never multiply a load that is failing. */
export interface RetryBudget {
  earn(): void;
  /** Takes one retry out of the budget; false when it is spent. */
  spend(): boolean;
}

/** A budget of `ratio` retries per question, with `reserve` saved up at most. */
export function retryBudget(ratio: number, reserve: number): RetryBudget {
  let saved = reserve;
  return {
    earn() {
      saved = Math.min(reserve, saved + ratio);
    },
    spend() {
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}

/** Asks again when the outcome is unknown, up to `attempts` in all and within the budget. For questions that are safe to repeat. */
export function retry(
  clock: Clock,
  random: Random,
  budget: RetryBudget,
  options: { readonly attempts: number; readonly firstMs: number; readonly mostMs: number },
): Policy {
  return (next) => async (request, context) => {
    budget.earn();
    for (let attempt = 1; ; attempt++) {
      const outcome = await next(request, context);
      if (outcome.kind !== 'unknown' || outcome.reason === 'circuit_open') return outcome;
      if (attempt >= options.attempts || !budget.spend()) return outcome;
      await sleep(clock, backoffMs(attempt, random, options));
    }
  };
}
