import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { systemRandom } from '../../src/platform/clock/system.ts';
import { openPool } from '../../src/platform/postgres/pool.ts';
import { databaseUrl, testDatabase } from '../../src/platform/postgres/test-database.ts';
import { packagedBinaries } from '../../src/platform/postgres-server/binaries.ts';
import type { PostgresServer } from '../../src/platform/postgres-server/port.ts';
import { startPostgres } from '../../src/platform/postgres-server/server.ts';
import { postgresResource } from '../../src/platform/two-phase/postgres.ts';
import { newTransactionId } from '../../src/platform/two-phase/transaction-id.ts';
import { killGroup } from '../crash/shop-process.ts';
import { survivesKilledServer } from './server-killed.ts';

describe('a PostgreSQL of its own as a resource', () => {
  let folder: string;
  let server: PostgresServer;
  const start = (prepared: string) =>
    startPostgres({
      folder: join(folder, 'server'),
      binaries: packagedBinaries(),
      openFolder: join(folder, 'open'),
      settings: { max_prepared_transactions: prepared, shared_buffers: '16MB' },
      say: () => undefined,
    });
  before(async () => {
    folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'jangteo-in-doubt-'));
    chmodSync(folder, 0o711);
    server = await start('2');
  });
  after(async () => {
    await server?.stop('immediate');
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps its promises when it is killed with kill -9 while in doubt', async () => {
    const databases = await Promise.all([testDatabase(18), testDatabase(18), testDatabase(18)]);
    try {
      await ask(server.url, 'CREATE DATABASE payments');
      const [orders = '', queue = '', log = ''] = databases.map(({ url }) => url);
      await survivesKilledServer({ payments: databaseUrl(server.url, 'payments'), orders, queue, log }, async () => {
        const pid = await ask(
          server.url,
          "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS answer",
        );
        killGroup(Number(pid));
        while ((await ask(server.url, 'SELECT 1 AS answer').catch(() => undefined)) === undefined)
          await new Promise((resolve) => setTimeout(resolve, 50));
      });
    } finally {
      await Promise.all(databases.map((database) => database.drop()));
    }
  });

  it('says plainly that it can hold no more promises, and none at all', async () => {
    await server.stop('fast');
    server = await start('1');
    const pool = openPool({ connectionString: server.url, name: 'promises', mostConnections: 2 });
    const resource = await postgresResource({ name: 'ledger', pool });
    const newId = () => newTransactionId('shop', 1, Date.now(), systemRandom);
    const first = newId();
    await (await resource.begin(first)).prepare();
    const second = await resource.begin(newId());
    await assert.rejects(
      second.prepare(),
      /"ledger" holds as many prepared transactions as it may: raise max_prepared_/,
    );
    assert.equal(await resource.rollback(first), 'rolled_back');
    await pool.end();
    await server.stop('fast');
    server = await start('0');
    const none = openPool({ connectionString: server.url, name: 'no promises', mostConnections: 1 });
    await assert.rejects(
      postgresResource({ name: 'ledger', pool: none }),
      /^TwoPhaseSetupFault: The PostgreSQL of "ledger" allows no prepared transactions: set [^.]* in its postgresql\.conf and restart it\.$/,
    );
    await none.end();
  });
});

/** Asks in a connection of its own. */
async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}
