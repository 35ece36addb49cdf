import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import pg from 'pg';
import { postgresStorage } from '../storage/postgres.ts';
import { postgresOutboxFeed } from '../storage/postgres-outbox.ts';
import { openPool } from './pool.ts';
import { type ProvisionPlan, provision } from './provision.ts';
import { scramVerifier } from './scram.ts';
import { databaseUrl, testServer } from './test-database.ts';

const NOTES = { name: 'notes', fields: { at: 'integer' }, indexes: [['at']] } as const;
const DENIED = '42501';

for (const version of [15, 18] as const) {
  describe(`provisioning on PostgreSQL ${version}`, () => {
    it('gives each service what is its own, and the bus the outbox only', async () => {
      const server = testServer(version);
      const tag = randomBytes(5).toString('hex');
      const roleOf = (name: string) => `t_${name}_${tag}`;
      const plan: ProvisionPlan = {
        services: ['orders', 'stock'].map((name) => ({ database: roleOf(name), role: roleOf(name), password: tag })),
        bus: { role: roleOf('bus'), password: tag },
      };
      const pools: pg.Pool[] = [];
      const poolOf = (role: string, database: string) => {
        const url = new URL(databaseUrl(server, roleOf(database)));
        url.username = roleOf(role);
        url.password = tag;
        const pool = openPool({ connectionString: url.href, name: tag, mostConnections: 2 });
        pools.push(pool);
        return pool;
      };
      try {
        await provision(server, plan);
        await provision(server, plan);

        const collections = [NOTES];
        const outbox = { types: ['Told', "It's"], reader: roleOf('bus') };
        const storage = await postgresStorage({
          pool: poolOf('orders', 'orders'),
          name: 'orders',
          collections,
          outbox,
        });
        await postgresStorage({ pool: poolOf('stock', 'stock'), name: 'stock', collections, outbox });
        const fences = await storage.acquire('a', 10_000);
        const events = ['Told', 'Kept', "It's"].map((type, n) => {
          return { partition: 0, stream: 's/1', version: n + 1, type, schemaVersion: 1, data: {}, metadata: {} };
        });
        const nothing = { documents: [], idempotency: [], positions: [] };
        assert.equal((await storage.commit({ id: 'c', at: 1, fences, events, ...nothing })).fate, 'done');

        const feed = await postgresOutboxFeed({ pool: poolOf('bus', 'orders'), name: 'orders' });
        assert.deepEqual(
          (await feed.readFeed([], 10)).map((event) => event.type),
          ['Told', "It's"],
        );
        assert.deepEqual(await feed.heads(), [3, 0, 0, 0]);

        const denied = (pool: pg.Pool, sql: string) => assert.rejects(pool.query(sql), { code: DENIED }, sql);
        await denied(poolOf('stock', 'orders'), 'SELECT 1');
        await denied(poolOf('orders', 'stock'), 'SELECT 1');
        const bus = poolOf('bus', 'orders');
        const { rows } = await poolOf('orders', 'orders').query<{ name: string }>(
          "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')",
        );
        assert.ok(rows.length >= 9);
        for (const { name } of rows) {
          if (name !== 'outbox' && name !== 'outbox_heads') await denied(bus, `SELECT * FROM ${name}`);
          await denied(bus, `DELETE FROM ${name}`);
        }
        await denied(bus, 'CREATE TABLE mine (a int)');
        await denied(bus, 'CREATE TEMP TABLE mine (a int)');
        await provision(server, { ...plan, services: plan.services.map((each) => ({ ...each, silent: true })) });
        await denied(poolOf('bus', 'stock'), 'SELECT 1');
      } finally {
        await Promise.all(pools.map((pool) => pool.end()));
        await dropAll(server, plan);
      }
    });

    it('lets a type be heard that another release publishes, and no other', async () => {
      const server = testServer(version);
      const tag = randomBytes(5).toString('hex');
      const name = `t_shop_${tag}`;
      const plan = {
        services: [{ database: name, role: name, password: tag }],
        bus: { role: `t_bus_${tag}`, password: tag },
      };
      await provision(server, plan);
      const url = new URL(databaseUrl(server, name));
      url.username = name;
      url.password = tag;
      const pool = openPool({ connectionString: url.href, name: tag, mostConnections: 2 });
      try {
        // Releases side by side: what the newer one publishes is not closed by the older one that opens after it.
        const releases = [
          { types: ['A'], heard: ['A'] },
          { types: ['A', 'B'], heard: ['A', 'B'] },
          { types: ['B'], heard: ['A', 'B'] },
          { types: [], heard: ['A', 'B'] },
        ];
        for (const [release, { types, heard }] of releases.entries()) {
          const outbox = { types, reader: plan.bus.role };
          const storage = await postgresStorage({ pool, name: 'shop', collections: [], outbox });
          const fences = await storage.acquire('a', 10_000, 1);
          const events = ['A', 'B', 'C'].map((type, n) => {
            return {
              partition: 0,
              stream: `s/${release}`,
              version: n + 1,
              type,
              schemaVersion: 1,
              data: {},
              metadata: {},
            };
          });
          await storage.commit({ id: 'c', at: 1, fences, events, documents: [], idempotency: [], positions: [] });
          const feed = await postgresOutboxFeed({ pool, name: 'shop' });
          assert.deepEqual([...new Set((await feed.readFeed([], 20)).map((event) => event.type))], heard);
        }
      } finally {
        await pool.end();
        await dropAll(server, plan);
      }
    });

    it('makes the same verifier of a password as the server does', async () => {
      const client = new pg.Client({ connectionString: testServer(version) });
      await client.connect();
      try {
        await client.query(
          "BEGIN; SET LOCAL password_encryption = 'scram-sha-256'; CREATE ROLE t_scram PASSWORD 'a secret'",
        );
        const { rows } = await client.query("SELECT rolpassword FROM pg_authid WHERE rolname = 't_scram'");
        const kept = String(rows[0].rolpassword);
        const salt = Buffer.from(/:(.*?)\$/.exec(kept)?.[1] ?? '', 'base64');
        assert.equal(scramVerifier('a secret', salt), kept);
      } finally {
        await client.query('ROLLBACK');
        await client.end();
      }
    });
  });
}

async function dropAll(server: string, plan: ProvisionPlan): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  for (const { database } of plan.services) await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  for (const { role } of [...plan.services, plan.bus]) await client.query(`DROP ROLE IF EXISTS ${role}`);
  await client.end();
}
