import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import pg from 'pg';
import { databaseUrl, testDatabase } from '../../src/platform/postgres/test-database.ts';
import { packagedBinaries } from '../../src/platform/postgres-server/binaries.ts';
import { startPostgres } from '../../src/platform/postgres-server/server.ts';
import { killGroup } from '../crash/shop-process.ts';
import { survivesKilledServer } from './server-killed.ts';

it('PostgreSQL killed with kill -9 while in doubt keeps its promises', async () => {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'jangteo-in-doubt-'));
  chmodSync(folder, 0o711);
  const server = await startPostgres({
    folder: join(folder, 'server'),
    binaries: packagedBinaries(),
    openFolder: join(folder, 'open'),
    settings: { max_prepared_transactions: '10', shared_buffers: '16MB' },
    say: () => undefined,
  });
  const databases = await Promise.all([testDatabase(18), testDatabase(18), testDatabase(18)]);
  try {
    await ask(server.url, 'CREATE DATABASE payments');
    const [orders = '', queue = '', log = ''] = databases.map(({ url }) => url);
    await survivesKilledServer({ payments: databaseUrl(server.url, 'payments'), orders, queue, log }, async () => {
      const pid = await ask(server.url, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int AS answer");
      killGroup(Number(pid));
      while ((await ask(server.url, 'SELECT 1 AS answer').catch(() => undefined)) === undefined)
        await new Promise((resolve) => setTimeout(resolve, 50));
    });
  } finally {
    await server.stop('immediate');
    rmSync(folder, { recursive: true, force: true });
    await Promise.all(databases.map((database) => database.drop()));
  }
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
