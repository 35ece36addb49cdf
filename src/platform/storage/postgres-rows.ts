import type { Pool, PoolClient, QueryResultRow } from 'pg';
import pg from 'pg';
import type { EventMetadata } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { LogIdentity, Positions, StoredEvent } from './port.ts';

const INT8 = 20;

/** As `pg` parses, but int8 becomes a number; one that is not safe throws instead of losing digits. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? safeInteger : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is no safe integer`);
  return value;
}

/** One statement and its rows. Throws what the server or the connection says. */
export async function rowsOf<Row extends QueryResultRow>(
  on: Pool | PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const result = await on.query<Row>({ text, values: [...values], types });
  return result.rows;
}

const guarded = new WeakSet<Pool>();

/**
 * A lost connection fails its query and is also emitted as an event, which without a listener ends the process. The pool listens
 * to idle connections only, so ours listens from the moment a connection is made.
 */
export function guardConnections(pool: Pool): void {
  if (guarded.has(pool)) return;
  guarded.add(pool);
  pool.on('connect', (client) => client.on('error', () => {}));
}

/**
 * Lends a connection to `work`. It goes back to the pool, or is dropped when `work` throws anything but an ERROR of the server,
 * after which the session is as good as before.
 */
export async function withConnection<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let sound = true;
  try {
    return await work(client);
  } catch (cause) {
    sound = cause instanceof pg.DatabaseError && cause.severity === 'ERROR';
    throw cause;
  } finally {
    client.release(!sound);
  }
}

/** Runs `work` in one transaction that waits at most 10 s for a lock. Throws what `work` or the server throws; nothing is kept then. */
export function transaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return withConnection(pool, async (client) => {
    await client.query("BEGIN; SET LOCAL lock_timeout = '10s'");
    try {
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (cause) {
      await client.query('ROLLBACK').catch(() => {});
      throw cause;
    }
  });
}

export const EVENT_COLUMNS = 'partition, position, stream, version, type, schema_version, data, metadata, at';

export interface EventRow extends QueryResultRow {
  readonly partition: number;
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly schema_version: number;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
  readonly at: number;
}

export function eventOf(row: EventRow): StoredEvent {
  const { partition, position, stream, version, type, schema_version: schemaVersion, data, metadata, at } = row;
  return { partition, position, stream, version, type, schemaVersion, data, metadata, at };
}

/**
 * The events at the next `limit` positions of each partition, of the log or of the outbox view. Both ends are named because the view
 * is a security barrier: a LIMIT does not reach through it, and everything up to the end of the log would be read and sorted.
 */
export async function feedOf(
  pool: Pool,
  source: 'log' | 'outbox',
  partitions: number,
  after: Positions,
  limit: number,
): Promise<readonly StoredEvent[]> {
  const rows = await rowsOf<EventRow>(
    pool,
    `SELECT l.* FROM unnest($1::int[], $2::bigint[]) AS w(partition, after) CROSS JOIN LATERAL (
       SELECT ${EVENT_COLUMNS} FROM ${source} AS s
       WHERE s.partition = w.partition AND s.position > w.after AND s.position <= w.after + $3::int OFFSET 0) AS l
     ORDER BY l.partition, l.position`,
    [
      Array.from({ length: partitions }, (_, n) => n),
      Array.from({ length: partitions }, (_, n) => after[n] ?? 0),
      limit,
    ],
  );
  return rows.map(eventOf);
}

/** The last position of every partition. */
export async function headsOf(pool: Pool, source: 'log_head' | 'outbox_heads'): Promise<Positions> {
  const rows = await rowsOf<{ position: number }>(pool, `SELECT position FROM ${source} ORDER BY partition`);
  return rows.map((row) => row.position);
}

/** Which log a database holds. Throws when it holds none. */
export async function identityOf(pool: Pool, name: string, source: 'log_head' | 'outbox_heads'): Promise<LogIdentity> {
  const heads = await rowsOf<{ epoch: string }>(pool, `SELECT epoch FROM ${source} ORDER BY partition`);
  const epoch = heads[0]?.epoch;
  if (epoch === undefined) throw new Error(`the database of ${name} holds no log`);
  return { name, epoch, partitions: heads.length };
}
