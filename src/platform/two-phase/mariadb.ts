import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import { type Branch, type CommitFate, type Resource, type RollbackFate, TwoPhaseSetupFault } from './port.ts';
import { assertName, isOf } from './transaction-id.ts';

/** What work in a MariaDB branch may use. Its transaction is ours: COMMIT, ROLLBACK, XA and DDL are not for the work. */
export type MariadbSession = Pick<PoolConnection, 'query' | 'execute'>;

export interface MariadbResourceOptions {
  readonly name: string;
  /** On the one database that the branches work in. */
  readonly pool: Pool;
  /** How long a statement waits for somebody's lock, in whole seconds. Default 5,000. */
  readonly lockWaitMs?: number;
  /** How long a session may pause in a branch before the server ends it; a prepared branch outlives that. Default 60,000. */
  readonly idleMs?: number;
}

const TABLE = 'jangteo_branches';
const OLDEST = [10, 5] as const;
/** Marks our branches among those of other transaction managers. */
const FORMAT = 0x4a4754;
const UNKNOWN_XID = 1397;
const LOCK_WAIT = 1205;
const KILL_TRIES = 5;
const AFTER_KILL_MS = 20;

/**
 * A MariaDB database as a resource, by XA. A prepared branch stays attached to its session until that ends, and nobody else can
 * settle it before; so its session's number stands in its name, and a recovering coordinator ends that session. Each branch leaves
 * a row in `jangteo_branches` with its work: the row is there exactly when the branch was committed, until it is forgotten.
 * Throws a TwoPhaseSetupFault when the server is too old or not durable.
 */
export async function mariadbResource(options: MariadbResourceOptions): Promise<Resource<MariadbSession>> {
  const { name, pool, lockWaitMs = 5_000, idleMs = 60_000 } = options;
  assertName(name);
  await assertFit(pool, name);
  await pool.query(
    `CREATE TABLE IF NOT EXISTS ${TABLE} (branch varchar(128) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY) ENGINE = InnoDB
     COMMENT 'Branches of two-phase commits that were committed; removed when their coordinator has forgotten them.'`,
  );
  const settings = `SET SESSION innodb_lock_wait_timeout = ${seconds(lockWaitMs)}, idle_transaction_timeout = ${seconds(idleMs)}`;
  const held = new Map<string, PoolConnection>();
  const ready = new WeakSet<object>();
  const rowOf = (transaction: string) => `${transaction}:${name}`;
  const xidOf = (transaction: string, session: number) => `'${transaction}','${name}.${session}',${FORMAT}`;

  /** All prepared branches of this resource with their sessions' numbers. */
  async function prepared(): Promise<ReadonlyMap<string, number>> {
    const [rows] = await pool.query<RowDataPacket[]>('XA RECOVER');
    const found = new Map<string, number>();
    for (const { formatID, gtrid_length: length, data } of rows) {
      const text = Buffer.from(data).toString('latin1');
      const [resource, session] = text.slice(length).split('.');
      if (formatID === FORMAT && resource === name) found.set(text.slice(0, length), Number(session));
    }
    return found;
  }

  /** Whether the branch's row is there: the one thing that tells committed from never. `busy` while somebody still holds it. */
  async function isCommitted(transaction: string): Promise<boolean | 'busy'> {
    try {
      const query = `SELECT 1 FROM ${TABLE} WHERE branch = ? LOCK IN SHARE MODE NOWAIT`;
      const [rows] = await pool.query<RowDataPacket[]>(query, [rowOf(transaction)]);
      return rows.length > 0;
    } catch (error) {
      if (numberOf(error) === LOCK_WAIT) return 'busy';
      throw error;
    }
  }

  /** Settles a branch through another session than the one that prepared it, which is ended when it still holds the branch. */
  async function settleFromOutside(how: 'COMMIT' | 'ROLLBACK', transaction: string): Promise<void> {
    const session = (await prepared()).get(transaction);
    if (session === undefined) return;
    for (let attempt = 0; attempt < KILL_TRIES; attempt++) {
      try {
        await pool.query(`XA ${how} ${xidOf(transaction, session)}`);
        return;
      } catch (error) {
        if (numberOf(error) !== UNKNOWN_XID) throw error;
      }
      // A session that is attached began after the server did, so the number in the name is its own.
      if (!(await prepared()).has(transaction)) return;
      await pool.query(`KILL CONNECTION ${session}`).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, AFTER_KILL_MS));
    }
  }

  async function settle(how: 'COMMIT' | 'ROLLBACK', transaction: string): Promise<boolean | 'busy'> {
    const own = held.get(transaction);
    held.delete(transaction);
    if (own !== undefined) {
      try {
        await own.query(`XA ${how} ${xidOf(transaction, own.threadId)}`);
        own.release();
        return how === 'COMMIT';
      } catch {
        own.destroy();
      }
    }
    await settleFromOutside(how, transaction);
    return isCommitted(transaction);
  }

  return {
    name,
    async begin(transaction): Promise<Branch<MariadbSession>> {
      const connection = await pool.getConnection();
      const xid = xidOf(transaction, connection.threadId);
      try {
        if (!ready.has(connection.connection)) await connection.query(settings);
        ready.add(connection.connection);
        await connection.query(`XA START ${xid}`);
        await connection.query(`INSERT INTO ${TABLE} (branch) VALUES (?)`, [rowOf(transaction)]);
      } catch (error) {
        connection.destroy();
        throw error;
      }
      let ended = false;
      return {
        session: connection,
        async prepare() {
          ended = true;
          try {
            await connection.query(`XA END ${xid}`);
            await connection.query(`XA PREPARE ${xid}`);
          } catch (error) {
            connection.destroy();
            throw error;
          }
          held.set(transaction, connection);
          return '';
        },
        async abandon() {
          if (ended) return;
          ended = true;
          try {
            await connection.query(`XA END ${xid}`).catch(() => undefined);
            await connection.query(`XA ROLLBACK ${xid}`);
            connection.release();
          } catch {
            connection.destroy();
          }
        },
      };
    },
    async commit(transaction): Promise<CommitFate> {
      const committed = await settle('COMMIT', transaction);
      if (committed === 'busy') return 'busy';
      return committed ? 'committed' : 'lost';
    },
    async rollback(transaction): Promise<RollbackFate> {
      const committed = await settle('ROLLBACK', transaction);
      if (committed === 'busy') return 'busy';
      return committed ? 'committed' : 'rolled_back';
    },
    async recover(coordinator) {
      return [...(await prepared()).keys()].filter((transaction) => isOf(coordinator, transaction));
    },
    async remembered(coordinator) {
      const query = `SELECT branch FROM ${TABLE} WHERE branch LIKE ?`;
      const [rows] = await pool.query<RowDataPacket[]>(query, [`${coordinator}.%:${name}`]);
      return rows
        .map(({ branch }) => (branch as string).slice(0, -name.length - 1))
        .filter((transaction) => isOf(coordinator, transaction));
    },
    async forget(transactions) {
      if (transactions.length > 0)
        await pool.query(`DELETE FROM ${TABLE} WHERE branch IN (?)`, [transactions.map(rowOf)]);
    },
  };
}

async function assertFit(pool: Pool, name: string): Promise<void> {
  const [rows] = await pool.query<RowDataPacket[]>(
    'SELECT @@version AS version, @@innodb_flush_log_at_trx_commit AS flush',
  );
  const version: string = rows[0]?.version ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOldEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  if (!version.includes('MariaDB') || !isOldEnough)
    throw new TwoPhaseSetupFault(
      `The server of "${name}" is ${version}, whose prepared transactions do not outlive their session: use MariaDB ${OLDEST.join('.')} or newer.`,
    );
  if (rows[0]?.flush !== 1)
    throw new TwoPhaseSetupFault(
      `The MariaDB of "${name}" does not flush at each commit, so that its promises do not survive a crash: set innodb_flush_log_at_trx_commit = 1.`,
    );
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}

function numberOf(error: unknown): number | undefined {
  return (error as { errno?: number }).errno;
}
