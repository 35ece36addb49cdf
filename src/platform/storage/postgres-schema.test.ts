import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Collection } from '../../kernel/view.ts';
import { type TestDatabase, testDatabase } from '../postgres/test-database.ts';
import { batch, event } from './conformance-open.ts';
import { postgresStorage } from './postgres.ts';
import { migrate, NewerDatabaseError } from './postgres-schema.ts';

const BEFORE: Collection = { name: 'notes', fields: { author: 'text' }, indexes: [['author']] };
const AFTER: Collection = {
  name: 'notes',
  fields: { author: 'text', writtenAt: 'integer' },
  indexes: [['author'], ['author', 'writtenAt']],
};

for (const version of [15, 18] as const) {
  const withDatabase = (check: (database: TestDatabase) => Promise<void>) => async () => {
    const database = await testDatabase(version);
    try {
      await check(database);
    } finally {
      await database.drop();
    }
  };

  describe(`a database of PostgreSQL ${version}`, () => {
    it(
      'gets new fields filled and indexed, while the version before goes on writing',
      withDatabase(async (database) => {
        const note = (key: string, writtenAt: number) => {
          return { collection: BEFORE, generation: 0, key, body: { author: 'ann', writtenAt } };
        };
        const before = await postgresStorage({ pool: database.pool(), name: 'notes', collections: [BEFORE] });
        await before.commit(batch({ documents: [note('k2', 2)] }));
        const after = await postgresStorage({ pool: database.pool(), name: 'notes', collections: [AFTER] });
        assert.equal((await before.commit(batch({ documents: [note('k1', 1)] }))).fate, 'done');
        assert.equal((await after.commit(batch({ documents: [note('k3', 3)] }))).fate, 'done');
        const found = await after.query({
          collection: AFTER,
          generation: 0,
          where: { author: 'ann' },
          range: { field: 'writtenAt' },
          limit: 9,
        });
        assert.deepEqual(
          found.map((document) => document.key),
          ['k1', 'k2', 'k3'],
        );
        assert.deepEqual(after.log, before.log);
      }),
    );

    it(
      'is migrated by several processes at once, and keeps its log and partitions',
      withDatabase(async (database) => {
        const pool = database.pool();
        const storages = await Promise.all(
          [2, 2, 2].map((partitions) => postgresStorage({ pool, name: 'notes', partitions, collections: [BEFORE] })),
        );
        const later = await postgresStorage({ pool, name: 'notes', partitions: 8, collections: [BEFORE] });
        for (const storage of storages) assert.deepEqual(storage.log, later.log);
        assert.equal(later.log.partitions, 2);
      }),
    );

    it(
      'is refused when a newer version wrote it',
      withDatabase(async (database) => {
        const pool = database.pool();
        const schema = { name: 'notes', partitions: 4, collections: [BEFORE] };
        await migrate(pool, schema);
        await pool.query('UPDATE storage_schema SET version = 1000, usable_from = 1000');
        await assert.rejects(migrate(pool, schema), (fault: Error) => {
          return (
            fault instanceof NewerDatabaseError &&
            /^The database of notes was written by a newer version/.test(fault.message)
          );
        });
      }),
    );

    it(
      'goes on with the release before when a newer one has only added to it, and does not undo what that one made',
      withDatabase(async (database) => {
        const pool = database.pool();
        const before = { name: 'notes', partitions: 4, collections: [BEFORE] };
        const after = { ...before, collections: [AFTER] };
        await migrate(pool, before);
        await migrate(pool, after);
        await pool.query('UPDATE storage_schema SET version = 1000');
        for (const schema of [before, after, before]) await migrate(pool, schema);
        const { rows } = await pool.query('SELECT max(version) AS version FROM storage_schema');
        assert.deepEqual(rows, [{ version: 1000 }]);
      }),
    );

    it(
      'is not touched by a release that finds everything as it has left it, though another has been here since',
      withDatabase(async (database) => {
        const pool = database.pool();
        for (const collections of [[BEFORE], [AFTER]]) await postgresStorage({ pool, name: 'notes', collections });
        const rows = async () => (await pool.query('SELECT xmin, ctid, declared FROM storage_schema')).rows;
        const before = await rows();
        assert.equal(before.length, 2);
        for (const collections of [[BEFORE], [AFTER]])
          await migrate(pool, { name: 'notes', partitions: 4, collections });
        assert.deepEqual(await rows(), before);
      }),
    );

    it(
      'goes on telling what a newer release publishes when the one before it opens beside it',
      withDatabase(async (database) => {
        const pool = database.pool();
        const publishing = (types: readonly string[]) => ({
          ...{ pool, name: 'notes', collections: [BEFORE] },
          outbox: { types, reader: 'pg_monitor' },
        });
        await postgresStorage(publishing(['Written']));
        const newer = await postgresStorage(publishing(['Written', 'Signed']));
        const fences = await newer.acquire('newer', 60_000);
        await newer.commit(batch({ fences, events: [{ ...event('s/1', 1), type: 'Signed' }] }));
        await pool.query("UPDATE storage_schema SET declared = ''");
        await postgresStorage(publishing(['Written']));
        assert.deepEqual((await pool.query('SELECT type FROM outbox')).rows, [{ type: 'Signed' }]);
      }),
    );

    it(
      'says of every table how long it keeps what',
      withDatabase(async (database) => {
        const pool = database.pool();
        await migrate(pool, { name: 'notes', partitions: 4, collections: [BEFORE] });
        const { rows } = await pool.query<{ name: string; comment: string | null }>(
          `SELECT relname AS name, obj_description(oid) AS comment FROM pg_class
           WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
        );
        assert.ok(rows.length >= 7);
        for (const { name, comment } of rows) assert.match(comment ?? '', /[Kk]ept (for|until)/, name);
      }),
    );

    it(
      'gives readers the whole log while a writer pauses in mid-transaction',
      withDatabase(async (database) => {
        const pool = database.pool();
        const storage = await postgresStorage({ pool, name: 'notes', collections: [BEFORE] });
        const fences = await storage.acquire('a', 60_000);
        const paused = await database.pool(1).connect();
        await paused.query(
          'BEGIN; SELECT pg_current_xact_id(); UPDATE log_head SET position = position + 1 WHERE partition = 3',
        );
        const result = await storage.commit(
          batch({ fences: fences.slice(0, 3), events: [event('s/1', 1), event('s/2', 1, 2)] }),
        );
        assert.equal(result.fate, 'done');
        assert.equal((await storage.readFeed([], 10)).length, 2);
        assert.deepEqual(await storage.heads(), [1, 0, 1, 0]);
        await paused.query('ROLLBACK');
        paused.release();
      }),
    );
  });
}

describe('a PostgreSQL that cannot be reached', () => {
  it('makes a commit unavailable, and reads throw', async () => {
    const database = await testDatabase(18);
    const pool = database.pool(1);
    try {
      const storage = await postgresStorage({ pool, name: 'notes', collections: [BEFORE] });
      await pool.query('SELECT 1');
      // Port 1 takes no connections.
      pool.options.connectionString = 'postgres://nobody@127.0.0.1:1/nothing';
      const client = await pool.connect();
      client.release(true);
      const result = await storage.commit(batch({ documents: [] }));
      assert.equal(result.fate, 'unavailable');
      await assert.rejects(storage.heads());
    } finally {
      await database.drop();
    }
  });
});
