import { unknown } from '../../kernel/outcome.ts';
import type { Clock } from '../clock/port.ts';
import type { Policy } from './port.ts';

/** Answers `unknown: timeout` after `limitMs`, or after the caller's own shorter patience. The question itself goes on. */
export function timeout(clock: Clock, limitMs: number): Policy {
  return (next) => (request, context) => {
    const patienceMs = Math.min(limitMs, context.timeoutMs ?? limitMs);
    return new Promise((resolve) => {
      const cancel = clock.after(patienceMs, () => resolve(unknown('timeout')));
      next(request, { ...context, timeoutMs: patienceMs }).then((outcome) => {
        cancel();
        resolve(outcome);
      });
    });
  };
}
