import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../postgres/test-database.ts';
import { batch, event } from './conformance-open.ts';
import { postgresStorage } from './postgres.ts';
import { postgresOutboxFeed } from './postgres-outbox.ts';

const EVENTS = 5_000;
const PAGE = 10;

for (const version of [15, 18] as const) {
  test(`a page of the outbox reads no more than itself, however long the log is, on PostgreSQL ${version}`, async () => {
    const database = await testDatabase(version);
    try {
      const pool = database.pool(1);
      const outbox = { types: ['Told'], reader: 'postgres' };
      const storage = await postgresStorage({ pool, name: 'shop', collections: [], outbox });
      const fences = await storage.acquire('a', 60_000);
      const events = Array.from({ length: EVENTS }, (_, n) =>
        event(`s/${n % 4}`, 1 + Math.floor(n / 4), n % 4, 'Told'),
      );
      assert.equal((await storage.commit(batch({ fences, events }))).fate, 'done');
      await pool.query('ANALYZE log');

      const read = async () => {
        await pool.query('SELECT pg_stat_force_next_flush()');
        const { rows } = await pool.query<{ read: string }>(
          "SELECT sum(idx_tup_read) + (SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'log') AS read FROM pg_stat_user_indexes WHERE relname = 'log'",
        );
        return Number(rows[0]?.read);
      };
      const feed = await postgresOutboxFeed({ pool, name: 'shop' });
      const before = await read();
      assert.equal((await feed.readFeed([100, 100, 100, 100], PAGE)).length, 4 * PAGE);
      assert.equal((await read()) - before, 4 * PAGE);
    } finally {
      await database.drop();
    }
  });
}
