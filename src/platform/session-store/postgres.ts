import type pg from 'pg';
import { type SessionStore, SessionsUnavailable } from './port.ts';
import { checkTimes, sessionKey } from './session-key.ts';

/**
 * A row for each session, kept until it is over: `data` is JSON in text, null once it has been ended. Its rows are written often and
 * worth little: pages keep room, so that a read that prolongs touches no index.
 */
const TABLE = `CREATE TABLE IF NOT EXISTS web_session (
  key text COLLATE "C" PRIMARY KEY,
  data text,
  idle_ms bigint NOT NULL,
  ends_at timestamptz NOT NULL,
  latest_end timestamptz NOT NULL
) WITH (fillfactor = 70)`;
const MS = `interval '1 millisecond'`;
const OPEN = `INSERT INTO web_session AS known (key, data, idle_ms, ends_at, latest_end)
  SELECT $1, $2, $3::bigint, least(now() + $3 * ${MS}, now() + $4 * ${MS}), now() + $4::bigint * ${MS}
  ON CONFLICT (key) DO UPDATE SET data = excluded.data, idle_ms = excluded.idle_ms, ends_at = excluded.ends_at,
    latest_end = excluded.latest_end WHERE known.ends_at <= now()`;
const READ = `SELECT data, ends_at < least(latest_end, now() + 0.9 * idle_ms * ${MS}) AS prolong
  FROM web_session WHERE key = $1 AND data IS NOT NULL AND ends_at > now()`;
const PROLONG = `UPDATE web_session SET ends_at = least(latest_end, now() + idle_ms * ${MS})
  WHERE key = $1 AND data IS NOT NULL AND ends_at > now()`;
const END = `INSERT INTO web_session (key, data, idle_ms, ends_at, latest_end)
  SELECT $1, NULL, $2::bigint, now() + $2 * ${MS}, now() + $2 * ${MS}
  ON CONFLICT (key) DO UPDATE SET data = NULL, idle_ms = excluded.idle_ms, ends_at = excluded.ends_at,
    latest_end = excluded.latest_end`;
const WAS_ENDED = 'SELECT FROM web_session WHERE key = $1 AND data IS NULL AND ends_at > now()';
const SWEEP = `DELETE FROM web_session WHERE key IN
  (SELECT key FROM web_session WHERE ends_at <= now() LIMIT $1 FOR UPDATE SKIP LOCKED)`;

const SWEPT_AT_ONCE = 200;
const OPENED_PER_SWEEP = 100;
const TABLE_RACE = ['23505', '42P07', '42710'];

/**
 * Sessions in a table of their own in one PostgreSQL database (made when it is missing), shared by all processes on it. A read is one
 * query, and writes only when a tenth of the idle time has gone. What a commit has ended stays ended. Rows that are over are removed
 * as others are opened.
 */
export async function postgresSessions(pool: Pick<pg.Pool, 'query'>): Promise<SessionStore> {
  await asSessions(makeTable(pool));
  let opened = 0;
  const ask = (text: string, values: unknown[]) => asSessions(pool.query(text, values));

  return {
    async open(id, data, { idleMs, longestMs }) {
      checkTimes(idleMs, longestMs);
      if (opened++ % OPENED_PER_SWEEP === 0) await ask(SWEEP, [SWEPT_AT_ONCE]);
      const { rowCount } = await ask(OPEN, [sessionKey(id), JSON.stringify(data), idleMs, longestMs]);
      return rowCount === 1;
    },
    async read(id) {
      const key = sessionKey(id);
      const [row] = (await ask(READ, [key])).rows as { data: string; prolong: boolean }[];
      if (row?.prolong) await ask(PROLONG, [key]);
      return row === undefined ? undefined : JSON.parse(row.data);
    },
    async end(id, rememberMs) {
      checkTimes(rememberMs);
      await ask(END, [sessionKey(id), rememberMs]);
    },
    wasEnded: async (id) => (await ask(WAS_ENDED, [sessionKey(id)])).rowCount === 1,
  };
}

/** Two processes that start together may both find no table: one of them loses, and then there is one. */
async function makeTable(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  try {
    await pool.query(TABLE);
  } catch (error) {
    if (!TABLE_RACE.includes((error as { code?: string }).code ?? '')) throw error;
  }
}

/** A connection that is lost, refused or late has no SQLSTATE, or one of the server's ending (class 57), connections (08) or limits (53). */
async function asSessions<Reply>(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply;
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (/^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57)/.test(code)) throw error;
    throw new SessionsUnavailable(message);
  }
}
