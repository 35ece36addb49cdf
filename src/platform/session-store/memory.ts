import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/port.ts';
import type { SessionStore } from './port.ts';
import { checkTimes, sessionKey } from './session-key.ts';

interface Kept {
  /** JSON; undefined once it has been ended. */
  readonly data: string | undefined;
  readonly idleMs: number;
  readonly endsAt: number;
  readonly longestEndsAt: number;
}

const MOST = 100_000;

/** Sessions of this process alone: the `most` (default 100,000) used last; they end with it. */
export function memorySessions(clock: Pick<Clock, 'now'>, { most = MOST } = {}): SessionStore {
  const sessions = new LRUCache<string, Kept>({ max: most });
  const at = (id: string) => {
    const kept = sessions.get(sessionKey(id));
    return kept !== undefined && kept.endsAt > clock.now() ? kept : undefined;
  };
  return {
    async open(id, data, { idleMs, longestMs }) {
      checkTimes(idleMs, longestMs);
      if (at(id) !== undefined) return false;
      const longestEndsAt = clock.now() + longestMs;
      const endsAt = Math.min(clock.now() + idleMs, longestEndsAt);
      sessions.set(sessionKey(id), { data: JSON.stringify(data), idleMs, endsAt, longestEndsAt });
      return true;
    },
    async read(id) {
      const kept = at(id);
      if (kept?.data === undefined) return undefined;
      const endsAt = Math.min(clock.now() + kept.idleMs, kept.longestEndsAt);
      sessions.set(sessionKey(id), { ...kept, endsAt });
      return JSON.parse(kept.data);
    },
    async end(id, rememberMs) {
      checkTimes(rememberMs);
      const endsAt = clock.now() + rememberMs;
      sessions.set(sessionKey(id), { data: undefined, idleMs: rememberMs, endsAt, longestEndsAt: endsAt });
    },
    async wasEnded(id) {
      const kept = at(id);
      return kept !== undefined && kept.data === undefined;
    },
  };
}
