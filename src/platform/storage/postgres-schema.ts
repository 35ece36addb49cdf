import type { Pool, PoolClient } from 'pg';
import type { Collection } from '../../kernel/view.ts';
import { commitFunctions, inUse } from './postgres-commit-function.ts';
import { MIGRATIONS, USABLE_FROM } from './postgres-migrations.ts';
import { columnOf, hashOf, indexNameOf, literal, tableOf } from './postgres-names.ts';
import { rowsOf, transaction } from './postgres-rows.ts';

/** The database was written by a newer version of the program. The message is a plain sentence with the way out. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

export interface StorageSchema {
  /** For messages. */
  readonly name: string;
  /** Of a log that is made now; a log that exists keeps its own. */
  readonly partitions: number;
  readonly collections: readonly Collection[];
  /** What leaves the service, and the role that may read it. Absent: nothing does, and nobody may. */
  readonly outbox?: { readonly types: readonly string[]; readonly reader: string };
}

/**
 * Brings a database to this version of the program: the tables, what the collections declare, the commit functions, the outbox
 * views. Forward only, and additive: releases side by side each find theirs, and none undoes what another has made. A database that is
 * up to date costs two small reads. Answers the hash of what was declared. Throws a NewerDatabaseError.
 */
export async function migrate(pool: Pool, schema: StorageSchema): Promise<string> {
  const statements = declaredStatements(schema);
  const declared = hashOf([...statements, JSON.stringify(schema.outbox ?? null)].join(';'));
  if (await isCurrent(pool, schema, declared)) return declared;
  await transaction(pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('jangteo storage'))");
    const version = await versionOf(client, schema);
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index >= version) await client.query(migration(schema.partitions));
    }
    for (const statement of statements) await client.query(statement);
    await openOutbox(client, schema.outbox);
    const outdated = "DELETE FROM storage_schema WHERE declared IN ($1, '') AND version <= $2";
    await client.query(outdated, [declared, MIGRATIONS.length]);
    await client.query('INSERT INTO storage_schema (version, usable_from, declared) VALUES ($1, $2, $3)', [
      MIGRATIONS.length,
      USABLE_FROM,
      declared,
    ]);
  });
  return declared;
}

/** Forgets what other releases have declared: one that comes back makes its own again. How new the tables are is kept. */
export async function forgetOthers(pool: Pool, declared: string): Promise<void> {
  await pool.query("UPDATE storage_schema SET declared = '' WHERE declared NOT IN ($1, '')", [declared]);
}

async function isCurrent(pool: Pool, schema: StorageSchema, declared: string): Promise<boolean> {
  if ((await versionOf(pool, schema)) < MIGRATIONS.length) return false;
  return (await rowsOf(pool, 'SELECT FROM storage_schema WHERE declared = $1', [declared])).length > 0;
}

/** The version of the tables that are there; 0 for none. */
async function versionOf(on: Pool | PoolClient, schema: StorageSchema): Promise<number> {
  // Not `to_regclass`: it may answer from a cache that does not know yet what another session has just committed.
  const made = await rowsOf(on, "SELECT FROM pg_class WHERE relname = 'storage_schema' AND pg_table_is_visible(oid)");
  if (made.length === 0) return 0;
  // Before version 3 the column was not there.
  const [row] = await rowsOf<{ version: number | null; usable: number | null }>(
    on,
    "SELECT max(version) AS version, max((to_json(s)->>'usable_from')::int) AS usable FROM storage_schema AS s",
  );
  const version = row?.version ?? 0;
  if (version > MIGRATIONS.length && (row?.usable ?? version) > MIGRATIONS.length) {
    throw new NewerDatabaseError(
      `The database of ${schema.name} was written by a newer version of this program (schema ${version}, this one knows ` +
        `${MIGRATIONS.length}): start the newer version, or restore a backup made before the upgrade.`,
    );
  }
  return version;
}

function declaredStatements(schema: StorageSchema): readonly string[] {
  const functions = Object.values(commitFunctions(schema.collections));
  return [
    ...schema.collections.flatMap(collectionStatements),
    ...functions.flatMap((each) => [each.source, inUse(each)]),
  ];
}

/**
 * A field is a column that the database generates from the body: it is filled for the documents that are there already, and also
 * when an older version of the program, which does not know the field, writes beside this one.
 */
function collectionStatements(collection: Collection): readonly string[] {
  const table = tableOf(collection);
  const fields = Object.entries(collection.fields).map(([field, type]) => {
    const value = `body->>${literal(field)}`;
    const column =
      type === 'integer'
        ? `bigint GENERATED ALWAYS AS ((${value})::bigint)`
        : `text COLLATE "C" GENERATED ALWAYS AS (${value})`;
    return `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${columnOf(collection, field)} ${column} STORED`;
  });
  const indexes = collection.indexes.map((index) => {
    const columns = ['generation', ...index.map((field) => columnOf(collection, field)), 'key'].join(', ');
    return `CREATE INDEX IF NOT EXISTS ${indexNameOf(collection, index)} ON ${table} (${columns})`;
  });
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (
       generation int NOT NULL, key text COLLATE "C" NOT NULL, version bigint NOT NULL, body json NOT NULL,
       PRIMARY KEY (generation, key)) WITH (fillfactor = 80)`,
    `COMMENT ON TABLE ${table} IS 'Documents of the collection ${collection.name}, kept until they are deleted; a generation of a view until the view has been rebuilt into the next.'`,
    ...fields,
    ...indexes,
  ];
}

/** Lets the bus's role read what leaves the service: what this release publishes, and what any other has. */
async function openOutbox(client: PoolClient, outbox: StorageSchema['outbox']): Promise<void> {
  if (outbox === undefined) return void (await client.query('DROP VIEW IF EXISTS outbox, outbox_heads'));
  await client.query('INSERT INTO outbox_types SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [outbox.types]);
  const published = await rowsOf<{ type: string }>(client, 'SELECT type FROM outbox_types ORDER BY type');
  const types = published.length === 0 ? 'false' : `type IN (${published.map(({ type }) => literal(type)).join(', ')})`;
  const reader = `"${outbox.reader.replaceAll('"', '""')}"`;
  const statements = [
    // A security barrier: a reader's own functions in WHERE never see a row that the view leaves out.
    `CREATE OR REPLACE VIEW outbox WITH (security_barrier) AS
       SELECT partition, position, stream, version, type, schema_version, data, metadata, at FROM log WHERE ${types}`,
    "COMMENT ON VIEW outbox IS 'What other services may hear: the event types of the contract. Keeps nothing itself.'",
    'CREATE OR REPLACE VIEW outbox_heads AS SELECT partition, epoch, position FROM log_head',
    "COMMENT ON VIEW outbox_heads IS 'How far the log has come. Keeps nothing itself.'",
    `GRANT SELECT ON outbox, outbox_heads TO ${reader}`,
  ];
  for (const statement of statements) await client.query(statement);
}
