import { unknown } from '../../kernel/outcome.ts';
import type { Policy } from './port.ts';

/**
 * Lets at most `concurrent` questions be under way and `queued` wait; one more is answered `unknown: overloaded` at once,
 * so that one slow neighbour cannot take all of a process's memory and connections.
 */
export function bulkhead(limits: { readonly concurrent: number; readonly queued: number }): Policy {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    running -= 1;
    waiting.shift()?.();
  };
  return (next) => async (request, context) => {
    if (running >= limits.concurrent) {
      if (waiting.length >= limits.queued) return unknown('overloaded');
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      return await next(request, context);
    } finally {
      leave();
    }
  };
}
