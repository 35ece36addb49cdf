import type pg from 'pg';
import { gathered } from './gathered.ts';
import { type Decision, type DecisionLog, TwoPhaseSetupFault } from './port.ts';
import { assertName } from './transaction-id.ts';

const SCHEMA_LOCK = 7_450_002;
const SCHEMA = `
CREATE TABLE IF NOT EXISTS two_phase_coordinators (
  name text COLLATE "C" PRIMARY KEY,
  epoch bigint NOT NULL
);
COMMENT ON TABLE two_phase_coordinators IS 'The newest epoch of each coordinator. Kept for ever, updated in place.';
CREATE TABLE IF NOT EXISTS two_phase_decisions (
  transaction text COLLATE "C" PRIMARY KEY,
  coordinator text COLLATE "C" NOT NULL,
  branches json NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE two_phase_decisions IS 'Transactions that are to be committed. Removed when every branch has been.';
`;

interface Recording {
  readonly epoch: number;
  readonly decision: Decision;
}

/**
 * The decision log in PostgreSQL tables of its own. A decision is one row and many share a commit; recording locks the
 * coordinator's row against a take-over, so that whoever has taken over reads every decision that will ever count. Throws a
 * TwoPhaseSetupFault when commits there are not durable.
 */
export async function postgresDecisionLog(options: {
  readonly pool: pg.Pool;
  readonly coordinator: string;
}): Promise<DecisionLog> {
  const { pool, coordinator } = options;
  assertName(coordinator);
  await assertDurable(pool);
  // One statement list is one transaction: of several processes that start at once, one makes the tables.
  await pool.query(`SELECT pg_advisory_xact_lock(${SCHEMA_LOCK}); ${SCHEMA}`);

  /** Answers the newest epoch; only decisions of that epoch were written. */
  const record = gathered<Recording, number>(async (recordings) => {
    const { rows } = await pool.query<{ epoch: string }>(
      `WITH held AS (SELECT epoch FROM two_phase_coordinators WHERE name = $1 FOR SHARE),
            written AS (INSERT INTO two_phase_decisions (transaction, coordinator, branches)
              SELECT transaction, $1, branches FROM unnest($2::text[], $3::json[], $4::bigint[]) AS each (transaction, branches, epoch)
              JOIN held USING (epoch) ON CONFLICT (transaction) DO NOTHING)
       SELECT epoch FROM held`,
      [
        coordinator,
        recordings.map(({ decision }) => decision.transaction),
        recordings.map(({ decision }) => JSON.stringify(decision.branches)),
        recordings.map(({ epoch }) => epoch),
      ],
    );
    return Number(rows[0]?.epoch);
  });

  return {
    coordinator,
    async takeOver() {
      const { rows } = await pool.query<{ epoch: string }>(
        `INSERT INTO two_phase_coordinators AS known (name, epoch) VALUES ($1, 1)
         ON CONFLICT (name) DO UPDATE SET epoch = known.epoch + 1 RETURNING epoch`,
        [coordinator],
      );
      return Number(rows[0]?.epoch);
    },
    async record(epoch, decision) {
      return (await record({ epoch, decision })) === epoch ? 'recorded' : 'fenced';
    },
    async open() {
      const { rows } = await pool.query<{ epoch: string; decisions: Decision[] | null }>(
        `SELECT epoch, (SELECT json_agg(json_build_object('transaction', transaction, 'branches', branches) ORDER BY at)
           FROM two_phase_decisions WHERE coordinator = name) AS decisions
         FROM two_phase_coordinators WHERE name = $1`,
        [coordinator],
      );
      return { epoch: Number(rows[0]?.epoch ?? 0), decisions: rows[0]?.decisions ?? [] };
    },
    async forget(transactions) {
      await pool.query('DELETE FROM two_phase_decisions WHERE transaction = ANY ($1)', [transactions]);
    },
  };
}

async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS durable`,
  );
  if (rows[0].durable !== true)
    throw new TwoPhaseSetupFault(
      'The PostgreSQL of the decision log does not flush at each commit, so that a decision would not survive a crash: switch fsync and synchronous_commit on.',
    );
}
