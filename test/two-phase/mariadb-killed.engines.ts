import { it } from 'node:test';
import mysql from 'mysql2/promise';
import { testDatabase } from '../../src/platform/postgres/test-database.ts';
import { ownEngine } from '../engines/own-engine.ts';
import { survivesKilledServer } from './server-killed.ts';

it('MariaDB killed with kill -9 while in doubt keeps its promises', async () => {
  const server = await ownEngine('mariadb');
  const databases = await Promise.all([testDatabase(18), testDatabase(18), testDatabase(18)]);
  try {
    const admin = await mysql.createConnection(server.url);
    await admin.query('CREATE DATABASE shop');
    await admin.end();
    const [payments = '', queue = '', log = ''] = databases.map(({ url }) => url);
    await survivesKilledServer({ payments, queue, log, orders: `${server.url}/shop` }, async () => {
      await server.kill();
      await server.revive();
    });
  } finally {
    await server.remove();
    await Promise.all(databases.map((database) => database.drop()));
  }
});
