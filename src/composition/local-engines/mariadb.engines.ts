import mysql from 'mysql2/promise';
import { launcherConformance } from './launcher-conformance.ts';
import { startEngine } from './start.ts';

launcherConformance('mariadb', (options) => startEngine('mariadb', options), {
  put: ({ url }) => ask(url, 'CREATE DATABASE IF NOT EXISTS kept').then(() => undefined),
  holds: async ({ url }) => (await ask(url, "SHOW DATABASES LIKE 'kept'")).length === 1,
});

async function ask(url: string, statement: string): Promise<readonly unknown[]> {
  const connection = await mysql.createConnection(url);
  const [rows] = await connection.query(statement);
  await connection.end();
  return Array.isArray(rows) ? rows : [];
}
