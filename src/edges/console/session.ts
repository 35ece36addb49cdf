import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../../platform/clock/port.ts';

/** Somebody who has shown the admin token. */
export interface Session {
  readonly id: string;
  /** Who they say they are, for the audit. */
  readonly operator: string;
  /** In ms. */
  readonly expiresAt: number;
}

/** Sessions of the console. What is kept of one is in its cookie, signed; a restart ends none. */
export interface Sessions {
  /** A new session, and the value of its cookie. */
  open(operator: string): { readonly session: Session; readonly cookie: string };
  /** The session of a cookie; undefined when it is not ours, has expired, or was ended. */
  read(cookie: string | undefined): Session | undefined;
  /** Ends a session for whoever holds a copy of its cookie, until this process ends. */
  end(session: Session): void;
  /** What every write of this session must carry in a header, which another site can neither read nor send. */
  csrfToken(session: Session): string;
}

export const SESSION_MS = 8 * 3_600_000;
const LONGEST_COOKIE = 1_024;

/** `key` is the shop's secret for this purpose together with the admin token: a new token ends all sessions. */
export function sessions(key: string | Uint8Array, clock: Pick<Clock, 'now'>, random: Pick<Random, 'bytes'>): Sessions {
  const secret = createSecretKey(Buffer.from(key));
  const ended = new Map<string, number>();
  const macOf = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url');

  const forgetExpired = () => {
    for (const [id, expiresAt] of ended) if (expiresAt <= clock.now()) ended.delete(id);
  };

  return {
    open(operator) {
      const id = Buffer.from(random.bytes(16)).toString('base64url');
      const session = { id, operator, expiresAt: clock.now() + SESSION_MS };
      const text = Buffer.from(JSON.stringify(session)).toString('base64url');
      return { session, cookie: `${text}.${macOf('cookie', text)}` };
    },
    read(cookie) {
      if (cookie === undefined || cookie.length > LONGEST_COOKIE) return undefined;
      const dot = cookie.indexOf('.');
      const text = cookie.slice(0, Math.max(dot, 0));
      if (!isSame(cookie.slice(dot + 1), macOf('cookie', text))) return undefined;
      const session = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Session;
      return session.expiresAt > clock.now() && !ended.has(session.id) ? session : undefined;
    },
    end({ id, expiresAt }) {
      forgetExpired();
      ended.set(id, expiresAt);
    },
    csrfToken: ({ id }) => macOf('csrf', id),
  };
}

/** Compares two texts in a time that tells nothing of where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
