/**
 * Payment, order and message over three databases, by two-phase commit and as a saga: `node bench/two-phase.ts [seconds]`. Starts a
 * PostgreSQL of its own on the disk, and a MariaDB for the orders where one is installed. `fsync` is on everywhere.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import pg from 'pg';
import { findInstallation } from '../src/composition/local-engines/install/install.ts';
import { engine as mariadbEngine } from '../src/composition/local-engines/mariadb.ts';
import { startEngine } from '../src/composition/local-engines/start.ts';
import { done } from '../src/kernel/outcome.ts';
import { databaseUrl } from '../src/platform/postgres/test-database.ts';
import { packagedBinaries } from '../src/platform/postgres-server/binaries.ts';
import { startPostgres } from '../src/platform/postgres-server/server.ts';
import { postgresStorage } from '../src/platform/storage/postgres.ts';
import { openShop } from '../test/two-phase/crash-cases.ts';
import { openSagaShop, purchaseSteps, sagaStorageCollections } from '../test/two-phase/payment-and-order.saga.ts';
import { buyByTwoPhase, openAccount, type Purchase } from '../test/two-phase/payment-and-order.ts';
import { openPlaces, type Places, type PlaceUrls } from '../test/two-phase/places.ts';
import { countedBetween, readCounters, requireDurable } from './postgres-counters.ts';

const seconds = Number(process.argv[2] ?? 5);
const BUYERS = 12;
const HELD_MS = 1_000;
const REPORTED_MS = 1_100;
const TICKS_PER_SECOND = 100;

type Buy = (purchase: Purchase) => Promise<boolean>;

const folder = mkdtempSync(join(tmpdir(), 'jangteo-bench-'));
chmodSync(folder, 0o711);
const postgres = await startPostgres({
  folder: join(folder, 'postgres'),
  binaries: packagedBinaries(),
  openFolder: join(folder, 'open'),
  settings: { max_prepared_transactions: '100' },
  say: () => undefined,
});
const mariadb =
  findInstallation(mariadbEngine) === undefined
    ? undefined
    : await startEngine('mariadb', { home: folder, endsWithUs: true });
try {
  await requireDurable(postgres.url);
  await compare('orders in PostgreSQL', undefined);
  if (mariadb === undefined) console.log('MariaDB is not installed: its part is left out.');
  else await compare('orders in MariaDB', mariadb.url);
} finally {
  await Promise.all([postgres.stop('immediate'), mariadb?.kill()]);
  rmSync(folder, { recursive: true, force: true });
}

async function compare(what: string, mariadbUrl: string | undefined): Promise<void> {
  const names = ['payments', 'orders', 'queue', 'log', 'saga'].map((name) => `${name}_${mariadbUrl ? 'maria' : 'pg'}`);
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  for (const name of names) await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const [payments = '', orders = '', queue = '', log = '', saga = ''] = names.map((name) =>
    databaseUrl(postgres.url, name),
  );
  const urls: PlaceUrls = { payments, queue, log, orders: mariadbUrl === undefined ? orders : `${mariadbUrl}/shop` };
  if (mariadbUrl !== undefined) {
    const root = await mysql.createConnection(mariadbUrl);
    await root.query('CREATE DATABASE shop');
    await root.end();
  }
  const places = await openPlaces(urls);
  for (let buyer = 0; buyer < BUYERS; buyer++) await openAccount(places, `buyer-${buyer}`, 1_000_000_000);
  await openAccount(places, 'held', 1_000_000);
  const sagaPool = new pg.Pool({ connectionString: saga, max: 4 });
  const storage = await postgresStorage({ pool: sagaPool, name: 'shop', collections: sagaStorageCollections });
  const steps = purchaseSteps(places);
  const shop = await openSagaShop(storage, {
    ...steps,
    async 'orders.place'(asked) {
      if (asked.account === 'held') await pause(HELD_MS);
      return steps['orders.place']?.(asked) ?? done(null);
    },
  });
  const coordinator = await openShop(places);
  const twoPhase: Buy = async (purchase) => (await buyByTwoPhase(coordinator, places, purchase)).kind === 'done';
  const bySaga: Buy = async (purchase) => (await shop.buy(purchase)) === 'completed';
  console.log(`${what}, ${BUYERS} buyers, ${seconds} s each`);
  await measure('two-phase commit', twoPhase);
  await measure('saga', bySaga);
  await coordinator.close();
  const slow = await openShop({
    ...places,
    log: {
      ...places.log,
      async record(epoch, decision) {
        await pause(HELD_MS);
        return places.log.record(epoch, decision);
      },
    },
  });
  const held = { id: 'held', account: 'held', amount: 1 };
  const blockedMs = await blocked(places, buyByTwoPhase(slow, places, { ...held, id: 'held-two-phase' }));
  const freeMs = await blocked(places, shop.buy({ ...held, id: 'held-saga' }));
  console.log(
    `  in doubt for ${HELD_MS} ms, somebody else's change of the same account waits ${blockedMs} ms; in a saga as slow, ${freeMs} ms`,
  );
  await slow.close();
  await shop.close();
  await sagaPool.end();
  await places.close();
}

async function measure(what: string, buy: Buy): Promise<void> {
  const times: number[] = [];
  const run = async (ms: number) => {
    const until = performance.now() + ms;
    await Promise.all(
      Array.from({ length: BUYERS }, async (_, buyer) => {
        for (let turn = 0; performance.now() < until; turn++) {
          const from = performance.now();
          const id = `${what.charAt(0)}.${buyer}.${from}.${turn}`;
          if (!(await buy({ id, account: `buyer-${buyer}`, amount: 1 }))) throw new Error('a purchase was refused');
          times.push(performance.now() - from);
        }
      }),
    );
  };
  await run(500);
  await pause(REPORTED_MS);
  times.length = 0;
  const before = await counted();
  const from = performance.now();
  await run(seconds * 1_000);
  const elapsed = performance.now() - from;
  await pause(REPORTED_MS);
  const after = await counted();
  const database = countedBetween(before.database, after.database);
  const each = (total: number) => (total / times.length).toFixed(1);
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  const lines = [
    `${Math.round((times.length / elapsed) * 1_000)}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
    `each: ${each((after.ownCpu - before.ownCpu) * 1_000)} ms of CPU here, ${each((after.serverCpu - before.serverCpu) * 1_000)} ms in the servers`,
    `${each(database.writingCommits)} writing transactions and ${each(database.fsyncs)} flushes in PostgreSQL, ${each(after.mariadbFsyncs - before.mariadbFsyncs)} flushes in MariaDB`,
  ];
  console.log(`  ${what}: ${lines.join('; ')}`);
}

/** How long somebody else's change of the account waits that a purchase has just changed. */
async function blocked(places: Places, purchase: Promise<unknown>): Promise<number> {
  await pause(HELD_MS / 5);
  const from = performance.now();
  await places.accounts.query("UPDATE accounts SET balance = balance + 1 WHERE id = 'held'");
  const waited = performance.now() - from;
  await purchase;
  return Math.round(waited);
}

async function counted() {
  const { user, system } = process.cpuUsage();
  return {
    ownCpu: (user + system) / 1e6,
    serverCpu: cpuSecondsOfServers(),
    database: await readCounters(postgres.url),
    mariadbFsyncs: await mariadbFsyncs(),
  };
}

async function mariadbFsyncs(): Promise<number> {
  if (mariadb === undefined) return 0;
  const connection = await mysql.createConnection(mariadb.url);
  const [rows] = await connection.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Innodb_data_fsyncs'");
  await connection.end();
  return Number(rows[0]?.Value);
}

/** Of the servers that this process started, with their sessions. Linux only. */
function cpuSecondsOfServers(): number {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${Number(name)}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
      return [{ pid: Number(name), parent: Number(fields[1]), ticks }];
    } catch {
      return [];
    }
  });
  const own = new Set(all.filter(({ parent }) => parent === process.pid).map(({ pid }) => pid));
  const theirs = all.filter(({ pid, parent }) => own.has(pid) || own.has(parent));
  return theirs.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
