import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { systemRandom } from '../../src/platform/clock/system.ts';
import { type TestDatabase, testDatabase } from '../../src/platform/postgres/test-database.ts';
import { resourceConformance } from '../../src/platform/two-phase/conformance.ts';
import { type MariadbSession, mariadbResource } from '../../src/platform/two-phase/mariadb.ts';
import { newTransactionId } from '../../src/platform/two-phase/transaction-id.ts';
import { crashCases } from './crash-cases.ts';

const server = process.env.JANGTEO_TEST_MARIADB ?? '';

/** A database of a random name, and how to be rid of it. */
async function mariadbDatabase() {
  assert.ok(server !== '', 'run it through npm run test:engines');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = await mysql.createConnection(server);
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.query(`USE ${name}`);
  return {
    ...{ admin, url: `${server}/${name}` },
    async drop() {
      await admin.query(`DROP DATABASE ${name}`);
      await admin.end();
    },
  };
}

/** Ends the sessions of a pool on the server, as when its process is gone, and waits until they are. */
async function cut(admin: Connection, pool: mysql.Pool, mine: ReadonlySet<number>): Promise<void> {
  for (const id of mine) await admin.query(`KILL CONNECTION ${id}`).catch(() => undefined);
  for (;;) {
    const [rows] = await admin.query<RowDataPacket[]>('SELECT id FROM information_schema.processlist');
    if (!rows.some(({ id }) => mine.has(Number(id)))) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  void pool.end().catch(() => undefined);
}

resourceConformance<MariadbSession>('MariaDB', async () => {
  const { admin, url, drop } = await mariadbDatabase();
  await admin.query('CREATE TABLE written (text varchar(100)) ENGINE = InnoDB');
  return {
    async process() {
      const pool = mysql.createPool({ uri: url, connectionLimit: 10 });
      const mine = new Set<number>();
      pool.on('connection', (connection) => {
        connection.on('error', () => {});
        mine.add(connection.threadId);
      });
      const resource = await mariadbResource({ name: 'orders', pool });
      return { resource, die: () => cut(admin, pool, mine) };
    },
    async write(session, text) {
      await session.query('INSERT INTO written VALUES (?)', [text]);
    },
    async written() {
      const [rows] = await admin.query<RowDataPacket[]>('SELECT text FROM written');
      return rows.map(({ text }) => text);
    },
    async rollBackByHand(transaction) {
      const [rows] = await admin.query<RowDataPacket[]>("XA RECOVER FORMAT = 'SQL'");
      const hex = Buffer.from(transaction).toString('hex');
      const xid = rows.map(({ data }) => String(data)).find((each) => each.includes(hex));
      await admin.query(`XA ROLLBACK ${xid}`);
    },
    close: drop,
  };
});

describe('MariaDB as a resource', () => {
  const newId = () => newTransactionId('shop', 1, Date.now(), systemRandom);
  let database: Awaited<ReturnType<typeof mariadbDatabase>>;
  let pool: mysql.Pool;
  before(async () => {
    database = await mariadbDatabase();
    pool = mysql.createPool({ uri: database.url });
    await database.admin.query('CREATE TABLE written (text varchar(100) PRIMARY KEY) ENGINE = InnoDB');
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  it('is not moved by work that tries to end its transaction itself', async () => {
    const resource = await mariadbResource({ name: 'orders', pool });
    const id = newId();
    const branch = await resource.begin(id);
    await branch.session.query("INSERT INTO written VALUES ('a')");
    await assert.rejects(branch.session.query('COMMIT'), /XAER_RMFAIL/);
    await branch.prepare();
    assert.equal(await resource.rollback(id), 'rolled_back');
    const [rows] = await database.admin.query<RowDataPacket[]>('SELECT * FROM written');
    assert.deepEqual(rows, []);
  });

  it('drops work that pauses for too long, and so its locks', async () => {
    const own = mysql.createPool({ uri: database.url });
    own.on('connection', (connection) => connection.on('error', () => {}));
    const resource = await mariadbResource({ name: 'orders', pool: own, idleMs: 1_000 });
    const branch = await resource.begin(newId());
    await branch.session.query("INSERT INTO written VALUES ('b')");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await assert.rejects(branch.prepare());
    await database.admin.query("INSERT INTO written VALUES ('b')");
    await own.end();
  });

  it('refuses a server that does not flush at each commit in one plain sentence', async () => {
    await database.admin.query('SET GLOBAL innodb_flush_log_at_trx_commit = 2');
    try {
      const refused = mariadbResource({ name: 'orders', pool });
      await assert.rejects(refused, /^TwoPhaseSetupFault: The MariaDB of "orders" does not flush .* = 1\.$/);
    } finally {
      await database.admin.query('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
    }
  });
});

describe('two-phase commit over PostgreSQL, MariaDB and a queue', () => {
  let databases: TestDatabase[] = [];
  let orders: Awaited<ReturnType<typeof mariadbDatabase>> | undefined;
  before(async () => {
    databases = await Promise.all([testDatabase(18), testDatabase(18), testDatabase(18)]);
    orders = await mariadbDatabase();
  });
  after(async () => {
    await Promise.all(databases.map((database) => database.drop()));
    await orders?.drop();
  });
  crashCases(() => {
    const [payments = '', queue = '', log = ''] = databases.map(({ url }) => url);
    return { payments, queue, log, orders: orders?.url ?? '' };
  });
});
