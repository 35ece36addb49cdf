import type { JsonObject } from '../../kernel/json.ts';

export interface SessionTimes {
  /** A session that nobody reads for so long is over, in ms. */
  readonly idleMs: number;
  /** It is over after so long however often it is read, in ms. */
  readonly longestMs: number;
}

/**
 * What the shop remembers of somebody who is signed in, under an id that only their cookie knows; stores keep its digest. Every
 * replica reads what another has opened or ended, at once. Each throws `SessionsUnavailable` when the engine is away. Times are
 * whole ms, at least 1, by the store's own clock.
 */
export interface SessionStore {
  /** Keeps a new session. Whether it is open: false when the id has been ended, or is that of an open one. */
  open(id: string, data: JsonObject, times: SessionTimes): Promise<boolean>;
  /** The session's data, and its idle time begins anew (it may be read up to a tenth of it early). Undefined when it is over or never was. */
  read(id: string): Promise<JsonObject | undefined>;
  /** Ends a session, open or not: for `rememberMs` it cannot be opened, and `wasEnded` says so. */
  end(id: string, rememberMs: number): Promise<void>;
  /** Whether a session was ended, for sessions that carry themselves (a signed cookie) and only ask whether they still count. */
  wasEnded(id: string): Promise<boolean>;
}

/** The engine of the sessions is away. An `open` or `end` that throws it may have happened. */
export class SessionsUnavailable extends Error {
  override readonly name = 'SessionsUnavailable';
}
