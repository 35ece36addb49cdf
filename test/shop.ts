import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readSettings } from '../src/composition/settings.ts';
import { startShop as openShop } from '../src/composition/shop.ts';
import { testServer } from '../src/platform/postgres/test-database.ts';

/** A whole shop for black-box tests: in this process, or as the processes of the topology that JANGTEO_TEST_TOPOLOGY names (`…-behind-nginx`: with nginx in front). */
export interface ShopUnderTest {
  readonly url: string;
  readonly adminToken: string;
  /** The card processor's simulator, to look at and to disturb. */
  readonly processorUrl: string;
  /** Begins the names of its databases. */
  readonly databasePrefix: string;
  /** Stops the shop and removes its databases and its folder. */
  stop(): Promise<void>;
}

export interface TestShopOptions {
  /** Sample catalogue, sellers that ship by themselves. Default false. */
  readonly demo?: boolean;
  /** The PostgreSQL that it runs on. Default 18. */
  readonly postgres?: 15 | 18;
}

/** Starts a shop on databases, a data folder and ports of its own. Throws a plain sentence when not run through npm test. */
export async function startShop({ demo = false, postgres = 18 }: TestShopOptions = {}): Promise<ShopUnderTest> {
  const topology = process.env.JANGTEO_TEST_TOPOLOGY ?? 'laptop';
  const [behindNginx] = /^.+(?=-behind-nginx$)/.exec(topology) ?? [];
  if (behindNginx !== undefined) {
    const { startBehindNginx } = await import('./topologies/behind-nginx.ts');
    return startBehindNginx(behindNginx, { demo });
  }
  if (topology !== 'laptop') {
    const { startSupervised } = await import('./topologies/supervised.ts');
    return startSupervised(topology, { demo });
  }
  const server = testServer(postgres);
  const home = mkdtempSync(join(tmpdir(), 'jangteo-shop-'));
  chmodSync(home, 0o711);
  const databasePrefix = `t_${randomBytes(5).toString('hex')}`;
  const settings = readSettings({
    JANGTEO_HOME: home,
    PORT: '0',
    DATABASE_URL: server,
    JANGTEO_DEMO: demo ? 'on' : 'off',
    LOG_LEVEL: 'error',
  });
  const clean = async () => {
    await dropDatabases(server, databasePrefix);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const shop = await openShop({ settings, databasePrefix, say: () => undefined });
    if (shop === undefined) throw new Error('the shop was told to stop while it started');
    const { url, adminToken, simulators } = shop;
    return {
      ...{ url, adminToken, databasePrefix, processorUrl: simulators['card-processor'] ?? '' },
      async stop() {
        await shop.stop();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}

/** Removes what a shop left on a server: the databases and roles whose names begin so. */
export async function dropDatabases(server: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const databases = await client.query('select datname as name from pg_database where starts_with(datname, $1)', [
      prefix,
    ]);
    for (const { name } of databases.rows) await client.query(`drop database "${name}" with (force)`);
    const roles = await client.query('select rolname as name from pg_roles where starts_with(rolname, $1)', [prefix]);
    for (const { name } of roles.rows) await client.query(`drop role "${name}"`);
  } finally {
    await client.end();
  }
}
