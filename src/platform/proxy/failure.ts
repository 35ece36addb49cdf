import { errors } from 'undici';
import type { HopResult } from './port.ts';
import { UploadTooLarge } from './upload.ts';

/** What an error of the client library means for a request that was, or was not, begun to be written. */
export function failureOf(error: Error, sent: boolean): HopResult {
  if (error instanceof UploadTooLarge) return { kind: 'refused', reason: 'too-large' };
  if (sent) return { kind: 'broken', reason: brokenBy(error), error };
  if (error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError)
    return { kind: 'refused', reason: 'malformed' };
  const closed = error instanceof errors.ClientDestroyedError || error instanceof errors.ClientClosedError;
  return { kind: 'not-sent', reason: closed ? 'closed' : 'unreachable', error };
}

function brokenBy(error: Error): 'timeout' | 'reset' | 'protocol' {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return 'timeout';
  if (error instanceof errors.SocketError)
    return error.message === 'bad response' || error.message === 'bad upgrade' ? 'protocol' : 'reset';
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && /^E[A-Z]+$/.test(code) ? 'reset' : closedBy(error);
}

function closedBy(error: Error): 'reset' | 'protocol' {
  return error instanceof errors.ClientDestroyedError ? 'reset' : 'protocol';
}
