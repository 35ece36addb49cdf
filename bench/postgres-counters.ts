import pg from 'pg';

/** What a PostgreSQL server has done since it began, in all its databases. */
export interface PostgresCounters {
  /** Inserted, updated and deleted. */
  readonly rows: number;
  /** Every transaction, those that only read too. */
  readonly transactions: number;
  /** Transactions that wrote. */
  readonly writingCommits: number;
  readonly walBytes: number;
  readonly fsyncs: number;
  readonly fsyncMs: number;
}

const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

const COUNTERS = `
  select (select sum(tup_inserted + tup_updated + tup_deleted) from pg_stat_database)::float8 as rows,
         (select sum(xact_commit + xact_rollback) from pg_stat_database)::float8 as transactions,
         pg_snapshot_xmax(pg_current_snapshot())::text::float8 as "writingCommits",
         (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8 as "walBytes",
         sum(fsyncs)::float8 as fsyncs,
         sum(fsync_time)::float8 as "fsyncMs"
    from pg_stat_io where object = 'wal'`;

/** Reads the counters. A server's backends report theirs at most once a second: read them a moment after the load. */
export async function readCounters(url: string): Promise<PostgresCounters> {
  return withClient(
    url,
    async (client) => (await client.query<PostgresCounters>(COUNTERS)).rows[0] as PostgresCounters,
  );
}

/** What each counter has grown by. */
export function countedBetween(before: PostgresCounters, after: PostgresCounters): PostgresCounters {
  const names = Object.keys(before) as (keyof PostgresCounters)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as unknown as PostgresCounters;
}

/**
 * Makes sure that what the server acknowledges is on the disk, whoever asks, and lets it time its flushes. Throws when a
 * setting of the server, of a database or of a role says otherwise.
 */
export async function requireDurable(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (const name of DURABLE) {
      const { rows } = await client.query(`show ${name}`);
      if (rows[0][name] !== 'on') throw new Error(`the bench measures nothing with ${name} = ${rows[0][name]}`);
    }
    const { rows } = await client.query('select setconfig::text as said from pg_db_role_setting');
    const loose = rows.find(({ said }) => DURABLE.some((name) => said.includes(name)));
    if (loose !== undefined) throw new Error(`the bench measures nothing with ${loose.said}`);
    await client.query('alter system set track_wal_io_timing = on');
    await client.query('select pg_reload_conf()');
  });
}

/** How many events the log of a service holds. */
export async function logHead(url: string, service: string): Promise<number> {
  const at = new URL(url);
  at.pathname = `/jangteo_${service}`;
  return withClient(at.href, async (client) => {
    const { rows } = await client.query('select sum(position)::float8 as events from log_head');
    return rows[0].events;
  });
}

/** Makes a new and empty database, in the place of one that has the name. Answers its URL. */
export async function emptyDatabase(url: string, name: string): Promise<string> {
  await withClient(url, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  });
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

async function withClient<Value>(url: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
