import type { HopResult } from './port.ts';

/** Why a request came to no answer: nobody could be reached, or what was written to broke off. */
export type Failure = 'unreachable' | 'closed' | 'timeout' | 'reset' | 'protocol';

/** What a failure means for a request that was, or was not, begun to be written. */
export function failureOf(failure: Failure, error: Error, sent: boolean): HopResult {
  if (!sent) return { kind: 'not-sent', reason: failure === 'closed' ? 'closed' : 'unreachable', error };
  const isKnown = failure === 'timeout' || failure === 'protocol';
  return { kind: 'broken', reason: isKnown ? failure : 'reset', error };
}
