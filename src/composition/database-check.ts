import pg from 'pg';
import { DURABILITY, type Durability, requireDurable } from './durability.ts';
import { SetupFault } from './fault.ts';

const OLDEST_MAJOR = 15;
const CONNECT_MS = 5_000;

/** What a server says of itself. */
export interface DatabaseReport {
  readonly version: string;
  readonly databases: number;
  readonly maxConnections: number;
}

/**
 * Makes sure that a PostgreSQL is one that Jangteo can keep its promises on: reachable, new enough, durable, and with the right
 * to make databases and roles. Throws a SetupFault that says what to do.
 */
export async function checkDatabase(url: string): Promise<DatabaseReport> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: Error) => {
      throw unreachable(url, error);
    });
    const { rows } = await client.query(REPORT);
    const durable = await client.query<Durability>(DURABILITY);
    return judged(rows[0], durable.rows[0] as Durability);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const REPORT = `
  select current_setting('server_version') as version,
         current_setting('server_version_num')::int as number,
         current_setting('max_connections')::int as max_connections,
         (select count(*)::int from pg_database) as databases,
         rolsuper as is_super, rolcreatedb and rolcreaterole as may_make, rolname as role
    from pg_roles where rolname = current_user`;

function judged(row: Record<string, never>, durability: Durability): DatabaseReport {
  const report = row as unknown as Record<'version' | 'role', string> & {
    number: number;
    max_connections: number;
    databases: number;
    is_super: boolean;
    may_make: boolean;
  };
  if (report.number < OLDEST_MAJOR * 10_000)
    throw new SetupFault(
      `The database is PostgreSQL ${report.version} but Jangteo needs ${OLDEST_MAJOR} or newer: point DATABASE_URL at a newer server, or unset it to use the built-in one.`,
    );
  requireDurable(durability, 'DATABASE_URL');
  if (!report.is_super && !report.may_make)
    throw new SetupFault(
      `The database role ${report.role} may not make databases and roles: grant it CREATEDB and CREATEROLE, or use another in DATABASE_URL.`,
    );
  return { version: report.version, databases: report.databases, maxConnections: report.max_connections };
}

function unreachable(url: string, error: Error & { code?: string }): SetupFault {
  const { hostname, port } = new URL(url);
  const where = `${hostname}:${port || 5432}`;
  const why = error.code === undefined ? error.message : `${error.message} (${error.code})`;
  return new SetupFault(
    `The database at ${where} cannot be used: ${why.trim() || 'no answer'}. Check DATABASE_URL and that the server runs, or unset it to use the built-in one.`,
  );
}
