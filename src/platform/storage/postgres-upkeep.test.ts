import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testDatabase } from '../postgres/test-database.ts';
import { postgresStorage } from './postgres.ts';

const NOTES = { name: 'notes', fields: {}, indexes: [] };
const WIDER = { name: 'more_notes', fields: {}, indexes: [] };
const FUNCTIONS = "SELECT proname AS name FROM pg_proc WHERE proname ~ '^commit_' ORDER BY oid";

for (const version of [15, 18] as const)
  describe(`the upkeep of a database on PostgreSQL ${version}`, () => {
    it('drops the commit function of an older program a week after it was superseded, never its own', async () => {
      const database = await testDatabase(version);
      const pool = database.pool();
      const namesOf = async () => (await pool.query<{ name: string }>(FUNCTIONS)).rows.map(({ name }) => name);
      try {
        const old = await postgresStorage({ pool, name: 'notes', collections: [NOTES] });
        const [older = ''] = await namesOf();
        const storage = await postgresStorage({ pool, name: 'notes', collections: [NOTES, WIDER] });
        await storage.expireIdempotency(0);
        await storage.expireIdempotency(0);
        assert.equal((await namesOf()).length, 2);
        const rest = { fences: [], events: [], documents: [], idempotency: [], positions: [] };
        assert.equal((await old.commit({ id: 'old', at: 1, ...rest })).fate, 'done');
        await pool.query(`COMMENT ON FUNCTION ${older} IS 'Superseded since 2020-01-01T00:00:00.000Z'`);
        await storage.expireIdempotency(0);
        assert.equal((await namesOf()).includes(older), false);
        assert.equal((await storage.commit({ id: 'new', at: 1, ...rest })).fate, 'done');
        const back = await postgresStorage({ pool, name: 'notes', collections: [NOTES] });
        assert.equal((await back.commit({ id: 'back', at: 1, ...rest })).fate, 'done');
      } finally {
        await database.drop();
      }
    });

    it('brings a database of the first version to this one: an index by time, and no views for nobody', async () => {
      const database = await testDatabase(version);
      const pool = database.pool();
      try {
        const outbox = { types: ['Noted'], reader: 'pg_monitor' };
        await postgresStorage({ pool, name: 'notes', collections: [NOTES], outbox });
        await pool.query('DROP INDEX commits_at');
        await pool.query('DROP TABLE outbox_types; ALTER TABLE storage_schema DROP COLUMN usable_from');
        await pool.query('UPDATE storage_schema SET version = 1');
        await postgresStorage({ pool, name: 'notes', collections: [NOTES] });
        const { rows } = await pool.query(
          "SELECT relname FROM pg_class WHERE relname IN ('commits_at', 'outbox', 'outbox_heads')",
        );
        assert.deepEqual(rows, [{ relname: 'commits_at' }]);
      } finally {
        await database.drop();
      }
    });
  });
