import pg from 'pg';
import { type Branch, type CommitFate, type Resource, type RollbackFate, TwoPhaseSetupFault } from './port.ts';
import { assertName, isOf } from './transaction-id.ts';

/** What work in a PostgreSQL branch may use. Its transaction is ours: COMMIT, ROLLBACK and PREPARE are not for the work. */
export type PostgresSession = Pick<pg.ClientBase, 'query'>;

export interface PostgresResourceOptions {
  readonly name: string;
  /** On the one database that the branches work in; its role must be the same for every coordinator of a name. */
  readonly pool: pg.Pool;
  /** How long a statement waits for somebody's lock; a deadlock across resources ends by this alone. Default 5,000. */
  readonly lockWaitMs?: number;
  /** How long work may pause before the server drops it with its locks; a prepared branch is not affected. Default 60,000. */
  readonly idleMs?: number;
}

const UNDEFINED_OBJECT = '42704';
const BUSY = '55000';
/** At PREPARE the server says it of its table of promises, which is a piece of memory. */
const OUT_OF_MEMORY = '53200';

/**
 * A PostgreSQL database as a resource, by PREPARE TRANSACTION. A prepared branch belongs to no session: whoever commits it needs
 * only its name. The receipt is the transaction's number, by which the server tells a commit from a loss afterwards, so that
 * nothing has to be remembered. Throws a TwoPhaseSetupFault when the server allows no prepared transactions or is not durable.
 */
export async function postgresResource(options: PostgresResourceOptions): Promise<Resource<PostgresSession>> {
  const { name, pool, lockWaitMs = 5_000, idleMs = 60_000 } = options;
  assertName(name);
  await assertFit(pool, name);
  const prefix = 'jangteo:';
  const gidOf = (transaction: string) => `${prefix}${transaction}:${name}`;
  const begin = `BEGIN; SET LOCAL lock_timeout = ${lockWaitMs}; SET LOCAL idle_in_transaction_session_timeout = ${idleMs}; SELECT pg_current_xact_id()::text AS receipt`;

  /** Whether the server finished the branch by this statement; false when it knows no such branch. */
  async function finish(how: 'COMMIT' | 'ROLLBACK', transaction: string): Promise<boolean | 'busy'> {
    try {
      await pool.query(`${how} PREPARED '${gidOf(transaction)}'`);
      return true;
    } catch (error) {
      if (codeOf(error) === UNDEFINED_OBJECT) return false;
      if (codeOf(error) === BUSY) return 'busy';
      throw error;
    }
  }

  return {
    name,
    async begin(transaction): Promise<Branch<PostgresSession>> {
      const client = await pool.connect();
      let released = false;
      // A connection that is lost while nothing is asked would end the process if nobody listened; the next question tells.
      const lost = () => {};
      client.on('error', lost);
      const release = (cause?: Error) => {
        if (released) return;
        released = true;
        client.off('error', lost);
        client.release(cause);
      };
      let receipt: string;
      try {
        const answers = (await client.query(begin)) as unknown as pg.QueryResult<{ receipt: string }>[];
        receipt = answers.at(-1)?.rows[0]?.receipt ?? '';
      } catch (error) {
        release(error as Error);
        throw error;
      }
      return {
        session: client,
        async prepare() {
          try {
            await promise(client, gidOf(transaction));
            release();
            return receipt;
          } catch (error) {
            release(error as Error);
            throw codeOf(error) === OUT_OF_MEMORY ? noneLeft(name, error) : error;
          }
        },
        async abandon() {
          if (released) return;
          await client.query('ROLLBACK').then(
            () => release(),
            (cause) => release(cause),
          );
        },
      };
    },
    async commit(transaction, receipt): Promise<CommitFate> {
      const finished = await finish('COMMIT', transaction);
      if (finished === true) return 'committed';
      if (finished === 'busy') return 'busy';
      const { rows } = await pool.query('SELECT pg_xact_status($1::xid8) AS status', [receipt]);
      // Without a status the transaction is so old that only a branch long settled can be meant: the log forgets last.
      if (rows[0].status === 'committed' || rows[0].status === null) return 'committed';
      return rows[0].status === 'aborted' ? 'lost' : 'busy';
    },
    async rollback(transaction): Promise<RollbackFate> {
      return (await finish('ROLLBACK', transaction)) === 'busy' ? 'busy' : 'rolled_back';
    },
    async recover(coordinator) {
      const { rows } = await pool.query<{ gid: string }>(
        'SELECT gid FROM pg_prepared_xacts WHERE database = current_database() AND starts_with(gid, $1) ORDER BY prepared',
        [`${prefix}${coordinator}.`],
      );
      return rows
        .map(({ gid }) => gid.slice(prefix.length))
        .filter((branch) => branch.endsWith(`:${name}`))
        .map((branch) => branch.slice(0, -name.length - 1))
        .filter((transaction) => isOf(coordinator, transaction));
    },
    remembered: async () => [],
    forget: async () => {},
  };
}

/** Where an error was ignored by the work, or its transaction ended, the server answers PREPARE with a rollback: no promise. */
async function promise(client: pg.ClientBase, gid: string): Promise<void> {
  const { command } = await client.query(`PREPARE TRANSACTION '${gid}'`);
  if (command !== 'PREPARE') throw new Error('the work had failed or had ended its transaction itself');
}

async function assertFit(pool: pg.Pool, name: string): Promise<void> {
  const { rows } = await pool.query(
    `SELECT current_setting('max_prepared_transactions')::int AS most, current_setting('fsync') AS fsync`,
  );
  if (rows[0].most === 0)
    throw new TwoPhaseSetupFault(
      `The PostgreSQL of "${name}" allows no prepared transactions: set max_prepared_transactions to at least the number of transactions under way (100, say) in its postgresql.conf and restart it.`,
    );
  if (rows[0].fsync !== 'on')
    throw new TwoPhaseSetupFault(
      `The PostgreSQL of "${name}" runs with fsync = off, so that its promises do not survive a crash: switch fsync on.`,
    );
}

function noneLeft(name: string, cause: unknown): Error {
  return new Error(
    `the PostgreSQL of "${name}" holds as many prepared transactions as it may: raise max_prepared_transactions, or see which ones are in doubt in pg_prepared_xacts`,
    { cause },
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}
