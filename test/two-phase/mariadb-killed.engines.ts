import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import mysql from 'mysql2/promise';
import { testDatabase } from '../../src/platform/postgres/test-database.ts';
import { startMariadb } from '../engines/mariadb-server.ts';
import { survivesKilledServer } from './server-killed.ts';

it('MariaDB killed with kill -9 while in doubt keeps its promises', async () => {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'jangteo-mariadb-'));
  chmodSync(folder, 0o711);
  const server = await startMariadb(folder);
  const databases = await Promise.all([testDatabase(18), testDatabase(18), testDatabase(18)]);
  try {
    const admin = await mysql.createConnection(server.url);
    await admin.query('CREATE DATABASE shop');
    await admin.end();
    const [payments = '', queue = '', log = ''] = databases.map(({ url }) => url);
    await survivesKilledServer({ payments, queue, log, orders: `${server.url}/shop` }, async () => {
      await server.kill();
      await server.start();
    });
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
    await Promise.all(databases.map((database) => database.drop()));
  }
});
