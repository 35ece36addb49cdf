import type { Pool, PoolClient } from 'pg';
import { type Lease, SETTLE_LEASE_MS, type Storage } from './port.ts';
import { rowsOf, transaction } from './postgres-rows.ts';

const LEASE = 'partition, fence, owner, (extract(epoch FROM lease_until) * 1000)::bigint AS until';
const CAN_TAKE = '(owner IS NULL OR owner = $1 OR lease_until <= clock_timestamp())';
const UNTIL = (parameter: string) => `clock_timestamp() + ${parameter} * interval '1 millisecond'`;

/** A new fence for locked heads: what their holder before committed last is remembered beside them. */
const FENCE_OFF = [
  `INSERT INTO commits (id, partition, first_position)
   SELECT last_commit, partition, last_first_position FROM log_head WHERE partition = ANY($1) AND last_commit IS NOT NULL
   ON CONFLICT (id, partition) DO NOTHING`,
  `UPDATE log_head SET fence = fence + 1, last_commit = NULL, last_first_position = NULL, owner = NULL, lease_until = NULL
   WHERE partition = ANY($1)`,
] as const;

type LeaseRow = Lease & { readonly [column: string]: unknown };

/** Leases, by the database's clock, so that several processes agree on the time. */
export function postgresLeases(pool: Pool): Pick<Storage, 'acquire' | 'renew' | 'release' | 'settle'> {
  return {
    acquire(owner, leaseMs, most) {
      return transaction(pool, async (client) => {
        const free = await rowsOf<{ partition: number; owner: string | null }>(
          client,
          `SELECT partition, owner FROM log_head WHERE ${CAN_TAKE} ORDER BY partition LIMIT $2 FOR UPDATE`,
          [owner, most !== undefined && Number.isFinite(most) ? most : null],
        );
        const changing = free.filter((head) => head.owner !== owner).map((head) => head.partition);
        await fenceOff(client, changing);
        const partitions = free.map((head) => head.partition);
        return lease(client, owner, partitions, UNTIL('$3'), leaseMs);
      });
    },

    async renew(leases, leaseMs) {
      const rows = await rowsOf<LeaseRow>(
        pool,
        `UPDATE log_head AS h SET lease_until = ${UNTIL('$4')}
         FROM unnest($1::int[], $2::bigint[], $3::text[]) AS l(partition, fence, owner)
         WHERE h.partition = l.partition AND h.fence = l.fence AND h.owner = l.owner
         RETURNING h.partition, h.fence, h.owner, (extract(epoch FROM h.lease_until) * 1000)::bigint AS until`,
        [...columns(leases), leaseMs],
      );
      return inOrder(rows);
    },

    release(leases) {
      return transaction(pool, async (client) => {
        const held = await rowsOf<{ partition: number }>(
          client,
          `SELECT h.partition FROM log_head AS h
           JOIN unnest($1::int[], $2::bigint[], $3::text[]) AS l(partition, fence, owner)
             ON h.partition = l.partition AND h.fence = l.fence AND h.owner = l.owner
           ORDER BY h.partition FOR UPDATE OF h`,
          columns(leases),
        );
        await fenceOff(
          client,
          held.map((head) => head.partition),
        );
      });
    },

    settle(commitId, partitions, owner) {
      return transaction(pool, async (client) => {
        // Waits for a transaction that still holds one of the heads.
        const heads = await rowsOf<{ partition: number; free: boolean; until: string | null }>(
          client,
          `SELECT partition, ${CAN_TAKE} AS free FROM log_head WHERE partition = ANY($2) ORDER BY partition FOR UPDATE`,
          [owner, partitions],
        );
        const taken = heads.filter((head) => head.free).map((head) => head.partition);
        await fenceOff(client, taken);
        const leases = await lease(client, owner, taken, UNTIL('$3'), SETTLE_LEASE_MS);
        if (partitions.length === 0) {
          // Waits for the commit when it is still running, and keeps it from ever happening when it has not begun.
          await client.query(
            'INSERT INTO commits (id, partition, happened) VALUES ($1, -1, false) ON CONFLICT (id, partition) DO NOTHING',
            [commitId],
          );
        }
        const remembered = await rowsOf<{ partition: number; first_position: number | null }>(
          client,
          `SELECT partition, first_position FROM commits WHERE id = $1 AND happened
           UNION ALL SELECT partition, last_first_position FROM log_head WHERE last_commit = $1 ORDER BY partition`,
          [commitId],
        );
        const firstPositions = remembered.flatMap(({ partition, first_position }) => {
          return first_position === null ? [] : ([[partition, first_position]] as const);
        });
        return { committed: remembered.length > 0, firstPositions: new Map(firstPositions), leases };
      });
    },
  };
}

async function fenceOff(client: PoolClient, partitions: readonly number[]): Promise<void> {
  if (partitions.length === 0) return;
  for (const statement of FENCE_OFF) await client.query(statement, [partitions]);
}

async function lease(client: PoolClient, owner: string, partitions: readonly number[], until: string, leaseMs: number) {
  const rows = await rowsOf<LeaseRow>(
    client,
    `UPDATE log_head SET owner = $1, lease_until = ${until} WHERE partition = ANY($2) RETURNING ${LEASE}`,
    [owner, partitions, leaseMs],
  );
  return inOrder(rows);
}

function columns(leases: readonly Lease[]): readonly unknown[] {
  return [leases.map((each) => each.partition), leases.map((each) => each.fence), leases.map((each) => each.owner)];
}

function inOrder(rows: readonly LeaseRow[]): readonly Lease[] {
  return rows
    .map(({ partition, fence, owner, until }) => ({ partition, fence, owner, until }))
    .sort((a, b) => a.partition - b.partition);
}
