import type { Pool } from 'pg';
import type { Collection } from '../../kernel/view.ts';
import { hashOf, tableOf } from './postgres-names.ts';
import { rowsOf } from './postgres-rows.ts';

/** What a document section of the batch does; the order of its numbers is the order in which sections are written. */
export const SECTION = { create: 0, update: 1, upsert: 2, replace: 3, delete: 4 } as const;
/** A section's code is `collection * SECTION_KINDS + kind`. */
export const SECTION_KINDS = 8;
/** The SQLSTATE of a conflict; the conflicts are in the error's detail, as JSON. */
export const CONFLICT_STATE = 'JG001';

/**
 * The function that commits a batch in one round trip and one transaction. Its name holds the hash of its source, so that two
 * versions of the program can run side by side. It is PL/pgSQL because that keeps its plans for the session without a named
 * statement, and its plans are made blind to statistics: always by index, never by what a table looked like at the first call.
 */
export function commitFunction(collections: readonly Collection[]): { readonly name: string; readonly source: string } {
  const body = bodyOf(collections);
  const name = `commit_${hashOf(body)}`;
  return { name, source: `CREATE OR REPLACE FUNCTION ${name}${body}` };
}

/**
 * Removes the commit functions of other versions of the program a week after they were first found superseded, which their comment
 * says. A program that still calls one has long been upgraded by then; an older one that comes back makes its own again.
 */
export async function dropOldCommitFunctions(pool: Pool, current: string): Promise<void> {
  const known = await rowsOf<{ name: string; comment: string | null }>(
    pool,
    `SELECT proname AS name, obj_description(oid, 'pg_proc') AS comment FROM pg_proc
     WHERE pronamespace = current_schema()::regnamespace AND proname ~ '^commit_[0-9a-f]+$' AND proname <> $1`,
    [current],
  );
  const oldest = new Date(Date.now() - OLD_FUNCTION_DAYS * 86_400_000).toISOString();
  for (const { name, comment } of known) {
    const [, since] = /since (\S+)$/.exec(comment ?? '') ?? [];
    if (since === undefined) await pool.query(supersededNow(name));
    else if (since < oldest) await pool.query(`DROP FUNCTION IF EXISTS ${name}`);
  }
}

/** Takes back that a function was superseded: its program is here again. */
export function inUse(name: string): string {
  return `COMMENT ON FUNCTION ${name} IS NULL`;
}

function supersededNow(name: string): string {
  return `COMMENT ON FUNCTION ${name} IS 'Superseded since ${new Date().toISOString()}'`;
}

const OLD_FUNCTION_DAYS = 7;

function bodyOf(collections: readonly Collection[]): string {
  return `(
  p_id text, p_at bigint, p_probe boolean,
  p_fenced int[], p_fence bigint[], p_count int[],
  p_partition int[], p_rank int[], p_stream text[], p_version bigint[], p_type text[], p_schema_version int[],
  p_data json[], p_metadata json[],
  p_key text[], p_body_hash text[], p_answer json[], p_key_at bigint[],
  p_subscription text[], p_sub_generation int[], p_epoch text[], p_sub_fence bigint[], p_from text[], p_to text[],
  p_section int[], p_first int[], p_last int[],
  p_generation int[], p_doc_key text[], p_expected bigint[], p_doc_version bigint[], p_body json[]
) RETURNS text LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $commit$
DECLARE
  -- A batch that is known to conflict is only probed: nothing is written, everything that stands against it is named.
  bad boolean := p_probe;
  bases bigint[] := array_fill(NULL::bigint, ARRAY[64]);
  firsts text := '';
  base bigint;
  written bigint;
  a int;
  b int;
  me xid;
  found_docs json[];
  conflicts json[] := '{}';
BEGIN
  IF cardinality(p_fenced) = 0 AND NOT bad THEN
    INSERT INTO commits (id, partition) VALUES (p_id, -1);
  END IF;
  -- Heads are locked in partition order, one by one: a set-based update would lock them in the order of its plan.
  FOR i IN 1 .. cardinality(p_fenced) LOOP
    EXIT WHEN bad;
    UPDATE log_head SET
      position = position + p_count[i],
      last_commit = p_id,
      last_first_position = CASE WHEN p_count[i] > 0 THEN position + 1 END
    WHERE partition = p_fenced[i] AND fence = p_fence[i]
    RETURNING position - p_count[i] INTO base;
    IF NOT FOUND THEN
      bad := true;
    ELSE
      bases[p_fenced[i] + 1] := base;
      firsts := firsts || (base + 1)::text || ',';
    END IF;
  END LOOP;

  IF NOT bad AND cardinality(p_partition) > 0 THEN
    INSERT INTO log (partition, position, stream, version, type, schema_version, data, metadata, at)
    SELECT e.partition, bases[e.partition + 1] + e.rank, e.stream, e.version, e.type, e.schema_version, e.data, e.metadata, p_at
    FROM unnest(p_partition, p_rank, p_stream, p_version, p_type, p_schema_version, p_data, p_metadata)
      AS e(partition, rank, stream, version, type, schema_version, data, metadata)
    ON CONFLICT (stream, version) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    bad := written <> cardinality(p_partition);
  END IF;

  IF NOT bad AND cardinality(p_key) > 0 THEN
    INSERT INTO idempotency (key, body_hash, answer, at)
    SELECT * FROM unnest(p_key, p_body_hash, p_answer, p_key_at)
    ON CONFLICT (key) DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    bad := written <> cardinality(p_key);
  END IF;

  FOR i IN 1 .. cardinality(p_subscription) LOOP
    EXIT WHEN bad;
    IF p_from[i] IS NULL THEN
      INSERT INTO subscription_positions (subscription, generation, epoch, positions, fence)
      VALUES (p_subscription[i], p_sub_generation[i], p_epoch[i], p_to[i]::bigint[], p_sub_fence[i])
      ON CONFLICT (subscription, generation) DO NOTHING;
    ELSE
      UPDATE subscription_positions SET epoch = p_epoch[i], positions = p_to[i]::bigint[], fence = p_sub_fence[i]
      WHERE subscription = p_subscription[i] AND generation = p_sub_generation[i]
        AND positions = p_from[i]::bigint[] AND fence <= p_sub_fence[i];
    END IF;
    bad := NOT FOUND;
  END LOOP;

  FOR i IN 1 .. cardinality(p_section) LOOP
    EXIT WHEN bad;
    a := p_first[i];
    b := p_last[i];
    CASE p_section[i]
      WHEN -1 THEN NULL;
${collections.map((collection, index) => writeSections(tableOf(collection), index)).join('\n')}
    END CASE;
    bad := written <> b - a + 1;
  END LOOP;

  IF bad THEN
    -- Rows that this transaction has written itself are no culprits.
    me := pg_current_xact_id()::xid;
    SELECT array_agg(c) INTO conflicts FROM (
      SELECT json_build_object('kind', 'fence', 'partition', f.partition) AS c
      FROM unnest(p_fenced, p_fence) AS f(partition, fence) LEFT JOIN log_head h ON h.partition = f.partition
      WHERE h.fence IS DISTINCT FROM f.fence
      UNION ALL
      SELECT json_build_object('kind', 'stream', 'stream', e.stream)
      FROM unnest(p_stream, p_version) AS e(stream, version) JOIN log l ON l.stream = e.stream AND l.version = e.version
      WHERE l.xmin <> me
      UNION ALL
      SELECT json_build_object('kind', 'idempotency', 'key', k.key)
      FROM unnest(p_key) AS k(key) JOIN idempotency i ON i.key = k.key
      WHERE i.xmin <> me
      UNION ALL
      SELECT json_build_object('kind', 'position', 'subscription', w.subscription)
      FROM unnest(p_subscription, p_sub_generation, p_from, p_sub_fence) AS w(subscription, generation, was, fence)
      LEFT JOIN subscription_positions s ON s.subscription = w.subscription AND s.generation = w.generation
      WHERE s.xmin IS DISTINCT FROM me AND (s.positions IS DISTINCT FROM w.was::bigint[] OR s.fence > w.fence)
    ) AS culprits;
    FOR i IN 1 .. cardinality(p_section) LOOP
      a := p_first[i];
      b := p_last[i];
      CASE p_section[i] / ${SECTION_KINDS}
      WHEN -1 THEN NULL;
${collections.map((collection, index) => nameSection(collection, index)).join('\n')}
      END CASE;
      conflicts := conflicts || found_docs;
    END LOOP;
    RAISE EXCEPTION 'conflict' USING ERRCODE = '${CONFLICT_STATE}', DETAIL = to_json(coalesce(conflicts, '{}'))::text;
  END IF;

  -- Deletions were checked with the rest and come last, for a deleted row could no longer be told from a missing one.
  FOR i IN 1 .. cardinality(p_section) LOOP
    CONTINUE WHEN p_section[i] % ${SECTION_KINDS} <> ${SECTION.delete};
    a := p_first[i];
    b := p_last[i];
    CASE p_section[i] / ${SECTION_KINDS}
      WHEN -1 THEN NULL;
${collections.map((collection, index) => deleteSection(tableOf(collection), index)).join('\n')}
    END CASE;
  END LOOP;
  RETURN firsts;
END
$commit$`;
}

const ROWS = 'unnest(p_generation[a:b], p_doc_key[a:b], p_expected[a:b], p_doc_version[a:b], p_body[a:b])';
const KEYS = 'unnest(p_generation[a:b], p_doc_key[a:b], p_expected[a:b])';
const SAME = 'd.generation = w.generation AND d.key = w.key';

function writeSections(table: string, index: number): string {
  const insert = `INSERT INTO ${table} AS d (generation, key, version, body)
        SELECT w.generation, w.key, w.version, w.body FROM ${ROWS} AS w(generation, key, expected, version, body)
        ON CONFLICT (generation, key)`;
  const code = (kind: keyof typeof SECTION) => index * SECTION_KINDS + SECTION[kind];
  return `      WHEN ${code('create')} THEN
        ${insert} DO NOTHING;
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
        PERFORM 1 FROM ${KEYS} AS w(generation, key, expected) JOIN ${table} AS d ON ${SAME} FOR UPDATE OF d;
        SELECT count(*) INTO written
        FROM ${KEYS} AS w(generation, key, expected) LEFT JOIN ${table} AS d ON ${SAME}
        WHERE w.expected < 0 OR w.expected = coalesce(d.version, 0);`;
}

function nameSection(collection: Collection, index: number): string {
  return `      WHEN ${index} THEN
        SELECT array_agg(json_build_object('kind', 'document', 'collection', '${collection.name}', 'key', w.key)) INTO found_docs
        FROM ${KEYS} AS w(generation, key, expected) LEFT JOIN ${tableOf(collection)} AS d ON ${SAME}
        WHERE w.expected >= 0 AND w.expected <> coalesce(d.version, 0) AND d.xmin IS DISTINCT FROM me;`;
}

function deleteSection(table: string, index: number): string {
  return `    WHEN ${index} THEN
      DELETE FROM ${table} AS d USING ${KEYS} AS w(generation, key, expected) WHERE ${SAME};`;
}
