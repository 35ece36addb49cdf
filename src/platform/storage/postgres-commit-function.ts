import type { Pool } from 'pg';
import type { Collection } from '../../kernel/view.ts';
import { hashOf, tableOf } from './postgres-names.ts';
import { rowsOf } from './postgres-rows.ts';

/** What a document section of the batch does; the order of its numbers is the order in which sections are written. */
export const SECTION = { create: 0, update: 1, upsert: 2, replace: 3, delete: 4 } as const;
/** A section's code is `collection * SECTION_KINDS + kind`. */
export const SECTION_KINDS = 8;
/** The SQLSTATE of a conflict that the commit function has found; a unique violation is another. */
export const CONFLICT_STATE = 'JG001';

/** The parameters of both functions, in order, with the types they are sent as. */
export const PARAMETERS = [
  ['p_id', 'text'],
  ['p_at', 'bigint'],
  ['p_partition_fenced', 'int[]'],
  ['p_fence', 'bigint[]'],
  ['p_count', 'int[]'],
  ['p_partition', 'int[]'],
  ['p_rank', 'int[]'],
  ['p_stream', 'text[]'],
  ['p_version', 'bigint[]'],
  ['p_type', 'text[]'],
  ['p_schema_version', 'int[]'],
  ['p_data', 'json[]'],
  ['p_metadata', 'json[]'],
  ['p_key', 'text[]'],
  ['p_body_hash', 'text[]'],
  ['p_answer', 'json[]'],
  ['p_key_at', 'bigint[]'],
  ['p_advances', 'json'],
  ['p_sections', 'int[]'],
  ['p_generation', 'int[]'],
  ['p_doc_key', 'text[]'],
  ['p_expected', 'bigint[]'],
  ['p_doc_version', 'bigint[]'],
  ['p_body', 'json[]'],
] as const;

export interface GeneratedFunction {
  readonly name: string;
  readonly source: string;
}

/**
 * The function that commits a batch in one round trip and one transaction, and the one that names what stands against a batch
 * after it was refused. Their names hold the hash of their source, so that two versions of the program can run side by side.
 * They are PL/pgSQL because that keeps its plans for the session without a named statement, and the plans are made blind to
 * statistics: always by index, never by what a table looked like at the first call.
 */
export function commitFunctions(collections: readonly Collection[]): {
  readonly commit: GeneratedFunction;
  readonly conflicts: GeneratedFunction;
} {
  return {
    commit: generated('commit', commitBody(collections)),
    conflicts: generated('conflicts', conflictsBody(collections)),
  };
}

function generated(kind: string, body: string): GeneratedFunction {
  const source = `(${PARAMETERS.map((each) => each.join(' ')).join(', ')}) RETURNS text LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $body$
${body}
$body$`;
  const name = `${kind}_${hashOf(source)}`;
  return { name, source: `CREATE OR REPLACE FUNCTION ${name}${source}` };
}

/**
 * Removes the functions of other versions of the program a week after they were first found superseded, which their comment says.
 * A program that still calls one has long been upgraded by then; an older one that comes back makes its own again. Answers whether there were any.
 */
export async function dropOldFunctions(pool: Pool, current: readonly GeneratedFunction[]): Promise<boolean> {
  const known = await rowsOf<{ name: string; comment: string | null }>(
    pool,
    `SELECT proname AS name, obj_description(oid, 'pg_proc') AS comment FROM pg_proc
     WHERE pronamespace = current_schema()::regnamespace AND proname ~ '^(commit|conflicts)_[0-9a-f]+$' AND proname <> ALL ($1)`,
    [current.map(({ name }) => name)],
  );
  const oldest = new Date(Date.now() - OLD_FUNCTION_DAYS * 86_400_000).toISOString();
  for (const { name, comment } of known) {
    const [, since] = /since (\S+)$/.exec(comment ?? '') ?? [];
    if (since === undefined) await pool.query(supersededNow(name));
    else if (since < oldest) await pool.query(`DROP FUNCTION IF EXISTS ${name}`);
  }
  return known.length > 0;
}

/** Takes back that a function was superseded: its program is here again. */
export function inUse({ name }: GeneratedFunction): string {
  return `COMMENT ON FUNCTION ${name} IS NULL`;
}

function supersededNow(name: string): string {
  return `COMMENT ON FUNCTION ${name} IS 'Superseded since ${new Date().toISOString()}'`;
}

const OLD_FUNCTION_DAYS = 7;

/** Answers the first position of each fenced partition. Raises a conflict when anything is not as the batch expects it. */
function commitBody(collections: readonly Collection[]): string {
  return `DECLARE
  bases bigint[] := array_fill(NULL::bigint, ARRAY[64]);
  firsts text := '';
  base bigint;
  advance record;
  written bigint;
  a int;
  b int;
BEGIN
  IF cardinality(p_partition_fenced) = 0 THEN
    INSERT INTO commits (id, partition) VALUES (p_id, -1);
  END IF;
  -- In the order of partitions, in which everybody locks the heads; one by one, for a join of them costs a lone commit a sixth of its time.
  FOR i IN 1 .. cardinality(p_partition_fenced) LOOP
    UPDATE log_head AS h SET
      position = h.position + p_count[i],
      last_commit = p_id,
      last_first_position = CASE WHEN p_count[i] > 0 THEN h.position + 1 END
    WHERE h.partition = p_partition_fenced[i] AND h.fence = p_fence[i]
    RETURNING h.position - p_count[i] INTO base;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'conflict' USING ERRCODE = '${CONFLICT_STATE}';
    END IF;
    bases[p_partition_fenced[i] + 1] := base;
    firsts := firsts || (base + 1)::text || ',';
  END LOOP;

  IF cardinality(p_partition) > 0 THEN
    INSERT INTO log (partition, position, stream, version, type, schema_version, data, metadata, at)
    SELECT e.partition, bases[e.partition + 1] + e.rank, e.stream, e.version, e.type, e.schema_version, e.data, e.metadata, p_at
    FROM unnest(p_partition, p_rank, p_stream, p_version, p_type, p_schema_version, p_data, p_metadata)
      AS e(partition, rank, stream, version, type, schema_version, data, metadata);
  END IF;

  IF cardinality(p_key) > 0 THEN
    INSERT INTO idempotency (key, body_hash, answer, at)
    SELECT * FROM unnest(p_key, p_body_hash, p_answer, p_key_at);
  END IF;

  IF p_advances IS NOT NULL THEN
    FOR advance IN SELECT * FROM ${ADVANCES} LOOP
      IF advance.was IS NULL THEN
        INSERT INTO subscription_positions (subscription, generation, epoch, positions, fence)
        VALUES (advance.subscription, advance.generation, advance.epoch, advance.reaches::bigint[], advance.fence)
        ON CONFLICT (subscription, generation) DO NOTHING;
      ELSE
        UPDATE subscription_positions
        SET epoch = advance.epoch, positions = advance.reaches::bigint[], fence = advance.fence
        WHERE subscription = advance.subscription AND generation = advance.generation
          AND positions = advance.was::bigint[] AND fence <= advance.fence;
      END IF;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'conflict' USING ERRCODE = '${CONFLICT_STATE}';
      END IF;
    END LOOP;
  END IF;

  FOR i IN 0 .. cardinality(p_sections) / 4 - 1 LOOP
    a := p_sections[4 * i + 2];
    b := p_sections[4 * i + 3];
    CASE p_sections[4 * i + 1]
      WHEN -1 THEN NULL;
${collections.map((collection, index) => writeSections(tableOf(collection), index)).join('\n')}
    END CASE;
    IF written <> p_sections[4 * i + 4] THEN
      RAISE EXCEPTION 'conflict' USING ERRCODE = '${CONFLICT_STATE}';
    END IF;
  END LOOP;
  RETURN firsts;
END`;
}

/** Answers everything that stands against a batch, as JSON. It writes nothing. */
function conflictsBody(collections: readonly Collection[]): string {
  return `DECLARE
  a int;
  b int;
  found_here json[];
  conflicts json[];
BEGIN
  SELECT array_agg(c) INTO conflicts FROM (
    SELECT json_build_object('kind', 'fence', 'partition', f.partition) AS c
    FROM unnest(p_partition_fenced, p_fence) AS f(partition, fence)
    LEFT JOIN log_head h ON h.partition = f.partition
    WHERE h.fence IS DISTINCT FROM f.fence
    UNION ALL
    SELECT json_build_object('kind', 'stream', 'stream', e.stream)
    FROM unnest(p_stream, p_version) AS e(stream, version) JOIN log l ON l.stream = e.stream AND l.version = e.version
    UNION ALL
    SELECT json_build_object('kind', 'idempotency', 'key', k.key)
    FROM unnest(p_key) AS k(key) JOIN idempotency i ON i.key = k.key
    UNION ALL
    SELECT json_build_object('kind', 'position', 'subscription', w.subscription)
    FROM ${ADVANCES}
    LEFT JOIN subscription_positions s ON s.subscription = w.subscription AND s.generation = w.generation
    WHERE s.positions IS DISTINCT FROM w.was::bigint[] OR s.fence > w.fence
  ) AS culprits;
  FOR i IN 0 .. cardinality(p_sections) / 4 - 1 LOOP
    a := p_sections[4 * i + 2];
    b := p_sections[4 * i + 3];
    CASE p_sections[4 * i + 1] / ${SECTION_KINDS}
      WHEN -1 THEN NULL;
${collections.map((collection, index) => nameSection(collection, index)).join('\n')}
    END CASE;
    conflicts := conflicts || found_here;
  END LOOP;
  RETURN to_json(coalesce(conflicts, '{}'))::text;
END`;
}

/** Positions are texts of the form that `bigint[]` reads. */
const ADVANCES =
  'json_to_recordset(p_advances) AS w(subscription text, generation int, epoch text, fence bigint, was text, reaches text)';

const ROWS = 'unnest(p_generation[a:b], p_doc_key[a:b], p_expected[a:b], p_doc_version[a:b], p_body[a:b])';
const KEYS = 'unnest(p_generation[a:b], p_doc_key[a:b], p_expected[a:b])';
const SAME = 'd.generation = w.generation AND d.key = w.key';

function writeSections(table: string, index: number): string {
  const insert = `INSERT INTO ${table} AS d (generation, key, version, body)
        SELECT w.generation, w.key, w.version, w.body FROM ${ROWS} AS w(generation, key, expected, version, body)
        ON CONFLICT (generation, key)`;
  const code = (kind: keyof typeof SECTION) => index * SECTION_KINDS + SECTION[kind];
  return `      WHEN ${code('create')} THEN
        INSERT INTO ${table} (generation, key, version, body)
        SELECT w.generation, w.key, w.version, w.body FROM ${ROWS} AS w(generation, key, expected, version, body);
        GET DIAGNOSTICS written = ROW_COUNT;
      WHEN ${code('update')} THEN
        UPDATE ${table} AS d SET version = w.version, body = w.body
        FROM ${ROWS} AS w(generation, key, expected, version, body)
        WHERE ${SAME} AND d.version = w.expected;
        GET DIAGNOSTICS written = ROW_COUNT;
      WHEN ${code('upsert')} THEN
        ${insert} DO UPDATE SET version = d.version + excluded.version, body = excluded.body;
        GET DIAGNOSTICS written = ROW_COUNT;
      WHEN ${code('replace')} THEN
        ${insert} DO UPDATE SET version = excluded.version, body = excluded.body;
        GET DIAGNOSTICS written = ROW_COUNT;
      WHEN ${code('delete')} THEN
        WITH gone AS (
          DELETE FROM ${table} AS d USING ${KEYS} AS w(generation, key, expected)
          WHERE ${SAME} AND (w.expected < 0 OR w.expected = d.version)
          RETURNING w.expected
        )
        SELECT count(*) INTO written FROM gone WHERE expected > 0;
        IF EXISTS (SELECT FROM ${KEYS} AS w(generation, key, expected) JOIN ${table} AS d ON ${SAME} WHERE w.expected = 0) THEN
          written := -1;
        END IF;`;
}

function nameSection(collection: Collection, index: number): string {
  return `      WHEN ${index} THEN
        SELECT array_agg(json_build_object('kind', 'document', 'collection', '${collection.name}', 'key', w.key)) INTO found_here
        FROM ${KEYS} AS w(generation, key, expected) LEFT JOIN ${tableOf(collection)} AS d ON ${SAME}
        WHERE w.expected >= 0 AND w.expected <> coalesce(d.version, 0);`;
}
