import type pg from 'pg';
import type { Json } from '../../kernel/json.ts';
import { type Branch, type CommitFate, type Resource, type RollbackFate, TwoPhaseSetupFault } from './port.ts';
import { assertName, isOf } from './transaction-id.ts';

export interface QueueSession {
  /** The message becomes visible when the transaction commits. */
  enqueue(body: Json): void;
}

/** A queue whose messages appear when the transaction that sent them commits, or never. */
export interface Queue {
  readonly resource: Resource<QueueSession>;
  /**
   * Takes the oldest visible messages away while `handle` runs, at most `most`; when it throws they are back. Each is handled at
   * least once. Answers how many there were.
   */
  take(most: number, handle: (bodies: readonly Json[]) => Promise<void>): Promise<number>;
}

const SCHEMA_LOCK = 7_450_001;
const SCHEMA = `
CREATE TABLE IF NOT EXISTS queue_branches (
  branch text COLLATE "C" PRIMARY KEY,
  committed boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE queue_branches IS 'Branches of two-phase commits: prepared, or committed and not yet forgotten by their coordinator.';
CREATE TABLE IF NOT EXISTS queue_messages (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  branch text COLLATE "C",
  body json NOT NULL
);
CREATE INDEX IF NOT EXISTS queue_messages_branch ON queue_messages (branch) WHERE branch IS NOT NULL;
COMMENT ON TABLE queue_messages IS 'Messages: of a prepared branch and visible to nobody, or (branch is null) waiting to be taken. Removed when taken.';
`;

/**
 * A queue in PostgreSQL tables of its own, a resource without PREPARE TRANSACTION: a promise is a committed row that nobody sees
 * yet, so that a branch in doubt locks nothing. Throws a TwoPhaseSetupFault when commits there are not durable.
 */
export async function openQueue({ name, pool }: { readonly name: string; readonly pool: pg.Pool }): Promise<Queue> {
  assertName(name);
  await assertDurable(pool, name);
  // One statement list is one transaction: of several processes that start at once, one makes the tables.
  await pool.query(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}); ${SCHEMA}`);

  async function begin(transaction: string): Promise<Branch<QueueSession>> {
    const bodies: string[] = [];
    return {
      session: {
        enqueue(body) {
          bodies.push(JSON.stringify(body));
        },
      },
      async prepare() {
        await pool.query(
          `WITH promised AS (INSERT INTO queue_branches (branch) VALUES ($1))
           INSERT INTO queue_messages (branch, body) SELECT $1, body FROM unnest($2::json[]) WITH ORDINALITY AS each (body, nth) ORDER BY nth`,
          [transaction, bodies],
        );
        return '';
      },
      abandon: async () => {},
    };
  }

  async function commit(transaction: string): Promise<CommitFate> {
    const { rows } = await pool.query<{ known: boolean }>(
      `WITH done AS (UPDATE queue_branches SET committed = true WHERE branch = $1 RETURNING 1),
            shown AS (UPDATE queue_messages SET branch = NULL WHERE branch = $1)
       SELECT EXISTS (SELECT FROM done) AS known`,
      [transaction],
    );
    return rows[0]?.known === true ? 'committed' : 'lost';
  }

  async function rollback(transaction: string): Promise<RollbackFate> {
    const { rows } = await pool.query<{ committed: boolean }>(
      `WITH dropped AS (DELETE FROM queue_branches WHERE branch = $1 AND NOT committed RETURNING 1),
            messages AS (DELETE FROM queue_messages WHERE branch = $1 AND EXISTS (SELECT FROM dropped))
       SELECT EXISTS (SELECT FROM queue_branches WHERE branch = $1 AND committed) AS committed`,
      [transaction],
    );
    return rows[0]?.committed === true ? 'committed' : 'rolled_back';
  }

  async function branches(coordinator: string, committed: boolean): Promise<readonly string[]> {
    const { rows } = await pool.query<{ branch: string }>(
      'SELECT branch FROM queue_branches WHERE committed = $2 AND starts_with(branch, $1) ORDER BY branch',
      [`${coordinator}.`, committed],
    );
    return rows.map(({ branch }) => branch).filter((branch) => isOf(coordinator, branch));
  }

  return {
    resource: {
      ...{ name, begin, commit, rollback },
      recover: (coordinator) => branches(coordinator, false),
      remembered: (coordinator) => branches(coordinator, true),
      async forget(transactions) {
        await pool.query('DELETE FROM queue_branches WHERE committed AND branch = ANY ($1)', [transactions]);
      },
    },
    take: (most, handle) => take(pool, most, handle),
  };
}

async function take(pool: pg.Pool, most: number, handle: (bodies: readonly Json[]) => Promise<void>): Promise<number> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ body: Json }>(
      `WITH taken AS (DELETE FROM queue_messages WHERE position = ANY (ARRAY
         (SELECT position FROM queue_messages WHERE branch IS NULL ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED))
       RETURNING position, body) SELECT body FROM taken ORDER BY position`,
      [most],
    );
    await handle(rows.map(({ body }) => body));
    await client.query('COMMIT');
    return rows.length;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause) => {
      failed = cause;
    });
    throw error;
  } finally {
    client.release(failed);
  }
}

async function assertDurable(pool: pg.Pool, name: string): Promise<void> {
  const { rows } = await pool.query(
    `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') NOT IN ('off') AS durable`,
  );
  if (rows[0].durable !== true)
    throw new TwoPhaseSetupFault(
      `The PostgreSQL of "${name}" does not flush at each commit, so that its promises do not survive a crash: switch fsync and synchronous_commit on.`,
    );
}
