import { unknown } from '../../kernel/outcome.ts';
import type { Policy } from './port.ts';

/**
 * Lets at most `concurrent` questions be under way and `queued` wait; one more is answered `unknown: overloaded` at once,
 * so that one slow neighbour cannot take all of a process's memory and connections.
 */
export function bulkhead(limits: { readonly concurrent: number; readonly queued: number }): Policy {
  let running = 0;
  const waiting: (() => void)[] = [];
  /** The place goes to who waits longest; it is never free in between, so nobody can slip in. */
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return (next) => async (request, context) => {
    if (running < limits.concurrent) running += 1;
    else {
      if (waiting.length >= limits.queued) return unknown('overloaded');
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await next(request, context);
    } finally {
      leave();
    }
  };
}
