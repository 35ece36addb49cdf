import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { scramVerifier } from './scram.ts';

/** A login role; the caller keeps its password (ASCII). */
export interface RolePlan {
  readonly role: string;
  readonly password: string;
}

/** One service's database and the role that owns it. */
export interface DatabasePlan extends RolePlan {
  readonly database: string;
  /** Others may hear nothing of it: the bus's role cannot connect either. */
  readonly silent?: boolean;
}

export interface ProvisionPlan {
  readonly services: readonly DatabasePlan[];
  /** May connect to every database that is not silent; each service lets it read its outbox views and nothing else. */
  readonly bus: RolePlan;
}

/** Somebody else made the same thing at the same moment. */
const ALREADY_THERE = new Set(['42710', '42P04', '23505']);

/**
 * What every session of a role begins with. A connection that is gone for good, or a program that pauses in the middle of a
 * transaction, loses its session and with it its locks; nobody waits long for a lock that something forgotten holds.
 */
export const ROLE_SETTINGS: readonly string[] = [
  'tcp_keepalives_idle = 30',
  'tcp_keepalives_interval = 10',
  'tcp_keepalives_count = 3',
  "idle_in_transaction_session_timeout = '15s'",
  "lock_timeout = '4s'",
  'jit = off',
];

/**
 * Creates one database and one login role per service and the bus's role, as far as they are missing, and sets the passwords.
 * No role may connect to another's database. `adminUrl` is of a superuser, or of a role with CREATEDB and CREATEROLE.
 * Repeating it is safe. Throws what the server says.
 */
export async function provision(adminUrl: string, plan: ProvisionPlan): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const bus = await provisionRole(admin, plan.bus);
    for (const service of plan.services) {
      const owner = await provisionRole(admin, service);
      const database = admin.escapeIdentifier(service.database);
      await provisionDatabase(admin, service.database, owner);
      await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
      const [act, whom] = service.silent === true ? ['REVOKE', 'FROM'] : ['GRANT', 'TO'];
      await admin.query(`${act} CONNECT ON DATABASE ${database} ${whom} ${bus}`);
    }
  } finally {
    await admin.end();
  }
}

async function provisionRole(admin: pg.Client, { role, password }: RolePlan): Promise<string> {
  const name = admin.escapeIdentifier(role);
  const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) {
    await unlessThere(admin.query(`CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION`));
  }
  for (const setting of ROLE_SETTINGS) await admin.query(`ALTER ROLE ${name} SET ${setting}`);
  await admin.query(`ALTER ROLE ${name} PASSWORD ${admin.escapeLiteral(scramVerifier(password, randomBytes(16)))}`);
  return name;
}

async function provisionDatabase(admin: pg.Client, database: string, owner: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rowCount !== 0) return;
  const { rows } = await admin.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
  // Without being a superuser one gives a database only to a role that one is a member of.
  if (rows[0]?.rolsuper !== true) await admin.query(`GRANT ${owner} TO CURRENT_USER`);
  const name = admin.escapeIdentifier(database);
  // The C locale never changes its order under the indexes, whatever the operating system is upgraded to.
  const options = `OWNER ${owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'`;
  await unlessThere(admin.query(`CREATE DATABASE ${name} ${options}`));
}

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError && ALREADY_THERE.has(cause.code ?? ''))) throw cause;
  }
}
