import type { Pool } from 'pg';

export interface Durability {
  /** 180001 for 18.1. */
  readonly serverVersion: number;
  readonly settings: Readonly<Record<'fsync' | 'full_page_writes' | 'synchronous_commit', string>>;
  /** A plain sentence for each reason why this server could lose what it acknowledged, or is too old; empty when it is sound. */
  readonly problems: readonly string[];
}

export const OLDEST_SERVER_VERSION = 150_000;

/** Whether a server keeps what it acknowledges. Throws when it cannot be reached. */
export async function checkDurability(pool: Pool): Promise<Durability> {
  const { rows } = await pool.query<{ version: number; fsync: string; pages: string; commit: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
       current_setting('full_page_writes') AS pages, current_setting('synchronous_commit') AS commit`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the server does not tell its settings');
  const settings = { fsync: row.fsync, full_page_writes: row.pages, synchronous_commit: row.commit };
  const problems = Object.entries(settings)
    .filter(([, value]) => value === 'off')
    .map(([name]) => `PostgreSQL runs with ${name} = off and could lose acknowledged orders: set it to on.`);
  if (row.version < OLDEST_SERVER_VERSION) {
    problems.push(`PostgreSQL ${Math.floor(row.version / 10_000)} is too old: use 15 or newer.`);
  }
  return { serverVersion: row.version, settings, problems };
}
