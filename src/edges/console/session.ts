import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../../platform/clock/port.ts';
import { type SessionStore, SessionsUnavailable } from '../../platform/session-store/port.ts';

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
  read(cookie: string | undefined): Promise<Session | undefined>;
  /** Ends a session for whoever holds a copy of its cookie. */
  end(session: Session): Promise<void>;
  /** What every write of this session must carry in a header, which another site can neither read nor send. */
  csrfToken(session: Session): string;
}

export const SESSION_MS = 8 * 3_600_000;
const LONGEST_COOKIE = 1_024;

const TOLD_AGAIN_MS = 1_000;

export interface SessionsOptions {
  /** The shop's secret for this purpose together with the admin token: a new token ends all sessions. */
  readonly key: string | Uint8Array;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  /** Where all processes learn which sessions were ended. Without it each knows its own, until it ends. */
  readonly store?: Pick<SessionStore, 'end' | 'wasEnded'> | undefined;
}

/**
 * While the store is away nobody is locked out of the console, which is needed most then: a session that another process has ended
 * counts again meanwhile, and one that is ended here is told to the store as soon as it is back.
 */
export function sessions({ key, clock, random, store }: SessionsOptions): Sessions {
  const secret = createSecretKey(Buffer.from(key));
  const ended = new Map<string, number>();
  const macOf = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url');

  const forgetExpired = () => {
    for (const [id, expiresAt] of ended) if (expiresAt <= clock.now()) ended.delete(id);
  };
  const tell = async (session: Session): Promise<void> => {
    const leftMs = session.expiresAt - clock.now();
    if (leftMs <= 0) return;
    const isTold = await orAway(store?.end(session.id, leftMs).then(() => true));
    if (store !== undefined && isTold === undefined) clock.after(TOLD_AGAIN_MS, () => void tell(session));
  };

  return {
    open(operator) {
      const id = Buffer.from(random.bytes(16)).toString('base64url');
      const session = { id, operator, expiresAt: clock.now() + SESSION_MS };
      const text = Buffer.from(JSON.stringify(session)).toString('base64url');
      return { session, cookie: `${text}.${macOf('cookie', text)}` };
    },
    async read(cookie) {
      if (cookie === undefined || cookie.length > LONGEST_COOKIE) return undefined;
      const dot = cookie.indexOf('.');
      const text = cookie.slice(0, Math.max(dot, 0));
      if (!isSame(cookie.slice(dot + 1), macOf('cookie', text))) return undefined;
      const session = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Session;
      if (session.expiresAt <= clock.now() || ended.has(session.id)) return undefined;
      return (await orAway(store?.wasEnded(session.id))) ? undefined : session;
    },
    async end(session) {
      forgetExpired();
      ended.set(session.id, session.expiresAt);
      await tell(session);
    },
    csrfToken: ({ id }) => macOf('csrf', id),
  };
}

/** The store's answer; undefined while it is away, or when there is none. */
async function orAway<Answer>(asked: Promise<Answer> | undefined): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SessionsUnavailable) return undefined;
    throw error;
  }
}

/** Compares two texts in a time that tells nothing of where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
