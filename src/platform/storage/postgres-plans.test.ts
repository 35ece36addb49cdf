import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pool, QueryConfig } from 'pg';
import type { Collection } from '../../kernel/view.ts';
import { testDatabase } from '../postgres/test-database.ts';
import type { DocumentQuery } from './port.ts';
import { postgresStorage } from './postgres.ts';

const notes: Collection = {
  name: 'notes',
  fields: { owner: 'text', at: 'integer' },
  indexes: [['owner', 'at'], ['at']],
};
const SERVING = 1;
/** Begun after the last ANALYZE: what a rebuild writes, and what is read for minutes after it. */
const UNKNOWN_TO_STATISTICS = 2;

for (const version of [15, 18] as const)
  describe(`the plans of reads of documents on PostgreSQL ${version}`, () => {
    it('use the index made for them, in a generation too that statistics do not know yet', async () => {
      const database = await testDatabase(version);
      const pool = database.pool();
      try {
        const asked: QueryConfig[] = [];
        const storage = await postgresStorage({ pool: noting(pool, asked), name: 'notes', collections: [notes] });
        await pool.query(
          `INSERT INTO doc_notes (generation, key, version, body)
           SELECT $1, 'note ' || n, 1, json_build_object('owner', 'owner ' || n, 'at', n) FROM generate_series(1, 5000) AS n`,
          [SERVING],
        );
        await pool.query('ANALYZE doc_notes');
        const plansOf = async (read: () => Promise<unknown>) => {
          asked.length = 0;
          await read();
          const { text, values = [] } = asked[0] as QueryConfig;
          const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
          return rows.map((row) => row['QUERY PLAN']).join('\n');
        };
        for (const generation of [SERVING, UNKNOWN_TO_STATISTICS]) {
          const query = { collection: notes, generation, limit: 20 };
          const keys = Array.from({ length: 100 }, (_, at) => `note ${at}`);
          const byKey = await plansOf(() => storage.documents(notes, generation, keys));
          assert.match(byKey, /Index Cond: \(\(generation = .*\) AND \(key = w\.key\)\)/);
          assert.match(byKey, /Index Scan using doc_notes_pkey/);
          const ofOwner: DocumentQuery = { ...query, where: { owner: 'owner 7' }, order: 'descending' };
          const byOwner = await plansOf(() => storage.query(ofOwner));
          assert.match(byOwner, /Index Cond: .*generation = .*text_owner = /);
          assert.doesNotMatch(byOwner, /Sort|Filter/);
          const newest = await plansOf(() => storage.query({ ...query, where: {}, range: { field: 'at', from: 3 } }));
          assert.match(newest, /Index Cond: .*generation = .*int_at/);
          assert.doesNotMatch(newest, /Sort/);
        }
      } finally {
        await database.drop();
      }
    });
  });

/** The pool, with note of the statements that reads send. */
function noting(pool: Pool, asked: QueryConfig[]): Pool {
  return new Proxy(pool, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'query') return value.bind(target);
      return (query: QueryConfig) => {
        asked.push(query);
        return target.query(query);
      };
    },
  });
}
