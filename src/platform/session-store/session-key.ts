import { hash } from 'node:crypto';

/** What stands for an id in a store: whoever reads the store learns no id that would open a session. */
export function sessionKey(id: string): string {
  return hash('sha256', id, 'base64url');
}

/** Throws a RangeError unless each is a time that something can be kept for. */
export function checkTimes(...times: readonly number[]): void {
  const wrong = times.find((ms) => !Number.isSafeInteger(ms) || ms < 1);
  if (wrong !== undefined) throw new RangeError(`sessions are kept for whole ms from 1, not ${wrong}`);
}
