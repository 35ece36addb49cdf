import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../postgres/test-database.ts';
import { sessionStoreConformance } from './conformance.ts';
import { SessionsUnavailable } from './port.ts';
import { postgresSessions } from './postgres.ts';

for (const version of [15, 18] as const) {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase(version);
  });
  after(() => database.drop());

  sessionStoreConformance(`PostgreSQL ${version}`, async () => {
    // Both make the table, at the same time.
    const [one, other] = await Promise.all([postgresSessions(database.pool()), postgresSessions(database.pool())]);
    // Rather than wait, what is kept is made older.
    const pool = database.pool(1);
    const pass = async (ms: number) => {
      const older = `$1 * interval '1 millisecond'`;
      await pool.query(`UPDATE web_session SET ends_at = ends_at - ${older}, latest_end = latest_end - ${older}`, [ms]);
    };
    return { replicas: [one, other], pass, close: async () => {} };
  });

  describe(`sessions in PostgreSQL ${version}`, () => {
    it('keep no row for ever, and write no row at every read', async () => {
      const pool = database.pool();
      const sessions = await postgresSessions(pool);
      await sessions.open('short', {}, { idleMs: 1, longestMs: 1 });
      await sessions.open('long', {}, { idleMs: 3_600_000, longestMs: 3_600_000 });
      const { rows: before } = await pool.query('SELECT xmin FROM web_session ORDER BY ends_at DESC LIMIT 1');
      for (let read = 0; read < 5; read++) await sessions.read('long');
      const { rows: after } = await pool.query('SELECT xmin FROM web_session ORDER BY ends_at DESC LIMIT 1');
      assert.deepEqual(after, before);
      const later = await postgresSessions(pool);
      await later.open('another', {}, { idleMs: 1_000, longestMs: 1_000 });
      const { rows } = await pool.query('SELECT count(*)::int AS over FROM web_session WHERE ends_at <= now()');
      assert.deepEqual(rows, [{ over: 0 }]);
    });
  });
}

describe('sessions in a PostgreSQL that is away', () => {
  it('say that they are', async () => {
    const pool = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' });
    await assert.rejects(postgresSessions(pool), SessionsUnavailable);
    await pool.end();
  });
});
