import mysql, { type Pool, type RowDataPacket } from 'mysql2/promise';
import pg from 'pg';
import { postgresDecisionLog } from '../../src/platform/two-phase/decision-log-postgres.ts';
import { type MariadbSession, mariadbResource } from '../../src/platform/two-phase/mariadb.ts';
import type { DecisionLog, Resource } from '../../src/platform/two-phase/port.ts';
import { type PostgresSession, postgresResource } from '../../src/platform/two-phase/postgres.ts';
import { openQueue, type QueueSession } from '../../src/platform/two-phase/queue.ts';

/** Addresses of the databases of a purchase: accounts and payments, orders (PostgreSQL or MariaDB), messages, decisions. */
export interface PlaceUrls {
  readonly payments: string;
  readonly orders: string;
  readonly queue: string;
  readonly log: string;
}

/** The databases of the textbook case, each a resource of its own. */
export interface Places {
  readonly payments: Resource<PostgresSession>;
  readonly orders: Resource<OrdersSession>;
  readonly queue: Resource<QueueSession>;
  readonly log: DecisionLog;
  readonly accounts: pg.Pool;
  readonly messages: pg.Pool;
  readonly orderBook: OrderBook;
  /** Where a purchase has left traces, in the order payment, order, message. */
  traces(purchase: string): Promise<readonly [boolean, boolean, boolean]>;
  close(): Promise<void>;
}

export type OrdersSession = PostgresSession | MariadbSession;

/** The orders' database, whichever it is. */
export interface OrderBook {
  readonly resource: Resource<OrdersSession>;
  insert(session: OrdersSession, purchase: string, amount: number): Promise<void>;
  /** In a transaction of its own; once only. */
  place(purchase: string, amount: number): Promise<void>;
  cancel(purchase: string): Promise<void>;
  has(purchase: string): Promise<boolean>;
  close(): Promise<void>;
}

const CONNECTIONS = 12;

/** Opens the places and makes their tables as far as they are missing. */
export async function openPlaces(urls: PlaceUrls): Promise<Places> {
  const pools = [urls.payments, urls.queue, urls.log].map(postgresPool);
  const [accounts, messages, decisions] = pools as [pg.Pool, pg.Pool, pg.Pool];
  await accounts.query(
    `SELECT pg_advisory_xact_lock(1);
     CREATE TABLE IF NOT EXISTS accounts (id text PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0));
     CREATE TABLE IF NOT EXISTS payments (purchase text PRIMARY KEY, account text NOT NULL, amount bigint NOT NULL)`,
  );
  const orderBook = urls.orders.startsWith('mysql:')
    ? await mariadbOrders(urls.orders)
    : await postgresOrders(urls.orders);
  const queue = await openQueue({ name: 'queue', pool: messages });
  return {
    payments: await postgresResource({ name: 'payments', pool: accounts }),
    orders: orderBook.resource,
    queue: queue.resource,
    log: await postgresDecisionLog({ pool: decisions, coordinator: 'shop' }),
    ...{ accounts, messages, orderBook },
    async traces(purchase) {
      const paid = await accounts.query('SELECT 1 FROM payments WHERE purchase = $1', [purchase]);
      const told = await messages.query(
        "SELECT 1 FROM queue_messages WHERE branch IS NULL AND body ->> 'purchase' = $1",
        [purchase],
      );
      return [paid.rowCount === 1, await orderBook.has(purchase), told.rowCount === 1];
    },
    async close() {
      await Promise.all([...pools.map((pool) => pool.end()), orderBook.close()]);
    },
  };
}

function postgresPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: CONNECTIONS, connectionTimeoutMillis: 5_000 });
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  return pool;
}

async function postgresOrders(url: string): Promise<OrderBook> {
  const pool = postgresPool(url);
  await pool.query(
    'SELECT pg_advisory_xact_lock(2); CREATE TABLE IF NOT EXISTS orders (purchase text PRIMARY KEY, amount bigint NOT NULL)',
  );
  const insert = 'INSERT INTO orders (purchase, amount) VALUES ($1, $2)';
  return {
    resource: (await postgresResource({ name: 'orders', pool })) as Resource<OrdersSession>,
    async insert(session, purchase, amount) {
      await (session as PostgresSession).query(insert, [purchase, amount]);
    },
    async place(purchase, amount) {
      await pool.query(`${insert} ON CONFLICT DO NOTHING`, [purchase, amount]);
    },
    async cancel(purchase) {
      await pool.query('DELETE FROM orders WHERE purchase = $1', [purchase]);
    },
    async has(purchase) {
      return (await pool.query('SELECT 1 FROM orders WHERE purchase = $1', [purchase])).rowCount === 1;
    },
    close: () => pool.end(),
  };
}

async function mariadbOrders(url: string): Promise<OrderBook> {
  const pool: Pool = mysql.createPool({ uri: url, connectionLimit: CONNECTIONS, connectTimeout: 5_000 });
  await pool.query(
    'CREATE TABLE IF NOT EXISTS orders (purchase varchar(64) PRIMARY KEY, amount bigint NOT NULL) ENGINE = InnoDB',
  );
  return {
    resource: (await mariadbResource({ name: 'orders', pool })) as Resource<OrdersSession>,
    async insert(session, purchase, amount) {
      await (session as MariadbSession).query('INSERT INTO orders (purchase, amount) VALUES (?, ?)', [
        purchase,
        amount,
      ]);
    },
    async place(purchase, amount) {
      await pool.query('INSERT IGNORE INTO orders (purchase, amount) VALUES (?, ?)', [purchase, amount]);
    },
    async cancel(purchase) {
      await pool.query('DELETE FROM orders WHERE purchase = ?', [purchase]);
    },
    async has(purchase) {
      const [rows] = await pool.query<RowDataPacket[]>('SELECT 1 FROM orders WHERE purchase = ?', [purchase]);
      return rows.length === 1;
    },
    close: () => pool.end(),
  };
}
