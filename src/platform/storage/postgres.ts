import type { Pool } from 'pg';
import type { JsonObject } from '../../kernel/json.ts';
import { MOST_ROWS } from './document-index.ts';
import { findRepetitions } from './merged-writes.ts';
import type {
  Commit,
  CommitResult,
  Conflict,
  IdempotencyRecord,
  Storage,
  StoredDocument,
  StoredEvent,
} from './port.ts';
import { encodeBatch } from './postgres-batch.ts';
import { commitFunctions, dropOldFunctions, type GeneratedFunction, PARAMETERS } from './postgres-commit-function.ts';
import { asError, fateOf, isConflict, isTransient } from './postgres-errors.ts';
import { postgresLeases } from './postgres-leases.ts';
import { tableOf } from './postgres-names.ts';
import { queryStatement } from './postgres-query.ts';
import {
  EVENT_COLUMNS,
  type EventRow,
  eventOf,
  feedOf,
  guardConnections,
  headsOf,
  identityOf,
  rowsOf,
  withConnection,
} from './postgres-rows.ts';
import { forgetOthers, migrate, type StorageSchema } from './postgres-schema.ts';
import { ask, statement } from './postgres-wire.ts';
import { checkDeclared, checkStorable } from './storable.ts';

export interface PostgresStorageOptions extends Omit<StorageSchema, 'partitions'> {
  /** Connections of the service's own role to its own database. The caller ends it, after `close`. */
  readonly pool: Pool;
  /** Of a log that is made now, default 4; a log that exists keeps its own. */
  readonly partitions?: number;
  /** How long a commit may take before its fate is called unknown, in ms. Default 15,000. */
  readonly commitTimeoutMs?: number;
}

const ATTEMPTS = 4;
const DELETED_AT_ONCE = 5_000;

/**
 * A storage in one PostgreSQL database (15 or newer), migrated first. A commit is one round trip: one call of a generated
 * function, one implicit transaction. Throws when the database cannot be reached or is of a newer version (NewerDatabaseError).
 */
export async function postgresStorage(options: PostgresStorageOptions): Promise<Storage> {
  const { pool, name, collections, commitTimeoutMs = 15_000 } = options;
  guardConnections(pool);
  const ours = await migrate(pool, { ...options, partitions: options.partitions ?? 4 });
  const log = await identityOf(pool, name, 'log_head');
  const declared = new Set(collections.map((collection) => collection.name));
  const collectionIndex = new Map(collections.map((collection, index) => [collection.name, index]));
  const functions = commitFunctions(collections);
  const committing = callOf(functions.commit);
  const naming = callOf(functions.conflicts);

  /** The server's answer, or the error after sending. Throws when there was no connection to send it on. */
  async function send(message: Buffer): Promise<string | Error> {
    let sent = false;
    try {
      return await withConnection(pool, (client) => {
        sent = true;
        return ask(client, message, commitTimeoutMs);
      });
    } catch (cause) {
      if (sent) return asError(cause);
      throw cause;
    }
  }

  async function commit(batch: Commit): Promise<CommitResult> {
    let encoded: ReturnType<typeof encodeBatch>;
    let message: Buffer;
    try {
      checkStorable(batch, declared, log.partitions);
      encoded = encodeBatch(batch, collectionIndex);
      message = committing(encoded.parameters);
    } catch (cause) {
      return { fate: 'refused', cause: asError(cause) };
    }
    let trouble: Error | undefined;
    try {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        if (encoded.contradictions.length === 0) {
          const answer = await send(message);
          if (typeof answer === 'string')
            return { fate: 'done', firstPositions: firstPositionsOf(answer, encoded.fenced) };
          trouble = answer;
          if (isTransient(answer)) continue;
          if (!isConflict(answer)) return fateOf(answer);
        }
        const named = await send(naming(encoded.parameters));
        if (typeof named !== 'string') return { fate: 'unavailable', cause: named };
        const contradictions = [...encoded.contradictions, ...findRepetitions(batch)];
        const conflicts = distinct([...contradictions, ...(JSON.parse(named) as Conflict[])]);
        if (conflicts.length > 0) return { fate: 'conflict', conflicts };
        // What stood in the way is gone already; the same batch may pass now.
      }
    } catch (cause) {
      return { fate: 'unavailable', cause: asError(cause) };
    }
    return { fate: 'unavailable', cause: asError(trouble) };
  }

  return {
    log,
    commit,
    ...postgresLeases(pool),

    async readStreams(wanted) {
      const rows = await rowsOf<EventRow>(
        pool,
        `SELECT l.* FROM unnest($1::text[], $2::bigint[]) AS w(stream, after) CROSS JOIN LATERAL (
           SELECT ${EVENT_COLUMNS} FROM log AS s WHERE s.stream = w.stream AND s.version > w.after ORDER BY s.version) AS l`,
        [wanted.map((each) => each.stream), wanted.map((each) => each.afterVersion)],
      );
      const streams = new Map<string, StoredEvent[]>(wanted.map((each) => [each.stream, []]));
      for (const row of rows) streams.get(row.stream)?.push(eventOf(row));
      return streams;
    },
    readFeed: (after, limit) => feedOf(pool, 'log', log.partitions, after, Math.min(limit, MOST_ROWS)),
    heads: () => headsOf(pool, 'log_head'),

    async documents(collection, generation, keys) {
      checkDeclared(collection, declared);
      const rows = await rowsOf<StoredDocument & { body: JsonObject }>(
        pool,
        // A generation in a subquery: see `queryStatement`.
        `SELECT d.key, d.version, d.body FROM unnest($2::text[]) AS w(key) CROSS JOIN LATERAL (
           SELECT * FROM ${tableOf(collection)} AS t WHERE t.generation = (SELECT $1::int) AND t.key = w.key OFFSET 0) AS d`,
        [generation, keys],
      );
      return new Map(rows.map((row) => [row.key, { ...row }]));
    },
    async query(query) {
      checkDeclared(query.collection, declared);
      const { text, values } = queryStatement(query);
      const rows = await rowsOf<StoredDocument & { body: JsonObject }>(pool, text, values);
      return rows.map((row) => ({ ...row }));
    },
    async dropGeneration(collection, generation) {
      checkDeclared(collection, declared);
      await deleteInSteps(pool, tableOf(collection), 'generation = $1', generation);
    },

    async idempotencyRecords(keys) {
      const rows = await rowsOf<IdempotencyRecord & { readonly [column: string]: unknown }>(
        pool,
        'SELECT key, body_hash AS "bodyHash", answer, at FROM idempotency WHERE key = ANY($1)',
        [keys],
      );
      return new Map(rows.map((row) => [row.key, { ...row }]));
    },
    async positions(subscription, generation) {
      const rows = await rowsOf<{ epoch: string; positions: string[]; fence: number }>(
        pool,
        'SELECT epoch, positions, fence FROM subscription_positions WHERE subscription = $1 AND generation = $2',
        [subscription, generation],
      );
      const [row] = rows;
      return row && { epoch: row.epoch, positions: row.positions.map(Number), fence: row.fence };
    },
    async expireIdempotency(before) {
      if (await dropOldFunctions(pool, Object.values(functions))) await forgetOthers(pool, ours);
      await deleteInSteps(pool, 'commits', "at < now() - interval '1 day' AND $1::bigint IS NOT NULL", before);
      return deleteInSteps(pool, 'idempotency', 'at < $1', before);
    },
    async close() {},
  };
}

function callOf({ name }: GeneratedFunction) {
  const types = PARAMETERS.map(([, type]) => type);
  return statement(`SELECT ${name}(${types.map((_, index) => `$${index + 1}`).join(', ')})`, types);
}

function firstPositionsOf(answer: string, fenced: readonly { partition: number; count: number }[]) {
  const firsts = answer.split(',');
  const written = fenced.flatMap(({ partition, count }, index) => {
    return count === 0 ? [] : [[partition, Number(firsts[index])] as const];
  });
  return new Map(written);
}

function distinct(conflicts: readonly Conflict[]): readonly Conflict[] {
  return [...new Map(conflicts.map((each) => [JSON.stringify(Object.entries(each).sort()), each])).values()];
}

async function deleteInSteps(pool: Pool, table: string, condition: string, value: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const result = await pool.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${DELETED_AT_ONCE}))`,
      [value],
    );
    removed += result.rowCount ?? 0;
    if ((result.rowCount ?? 0) < DELETED_AT_ONCE) return removed;
  }
}
