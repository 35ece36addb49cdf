import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of its own for one test, and how to be rid of it. */
export interface TestDatabase {
  /** As the superuser. */
  readonly url: string;
  readonly name: string;
  /** A pool on it as the superuser, ended by `drop`. */
  pool(most?: number): pg.Pool;
  drop(): Promise<void>;
}

/** The URL of the superuser of a server for tests. Throws a plain sentence when there is none. */
export function testServer(version: 15 | 18): string {
  const url = process.env[`JANGTEO_TEST_PG${version}`];
  if (url === undefined) throw new Error('run it through npm test');
  return url;
}

/** Creates an empty database with a random name on the PostgreSQL server of that version. */
export async function testDatabase(version: 15 | 18): Promise<TestDatabase> {
  const server = testServer(version);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnce(server, `CREATE DATABASE ${name}`);
  const url = databaseUrl(server, name);
  const pools: pg.Pool[] = [];
  return {
    url,
    name,
    pool(most = 4) {
      const pool = new pg.Pool({ connectionString: url, max: most });
      pool.on('error', () => {});
      pools.push(pool);
      return pool;
    },
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await runOnce(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** The same server and role, another database. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function runOnce(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
