import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import pg from 'pg';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import { testServer } from '../platform/postgres/test-database.ts';
import { silentLogger } from '../platform/telemetry/silent.ts';
import { checkDatabase } from './database-check.ts';
import { requireDurable } from './durability.ts';
import { postgresEngines } from './engines/postgres.ts';

it('that does not sync, or tears pages, is refused with the way out', () => {
  const durable = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'local' };
  requireDurable(durable, 'DATABASE_URL');
  for (const setting of ['fsync', 'full_page_writes'] as const) {
    assert.throws(() => requireDurable({ ...durable, [setting]: 'off' }, 'DATABASE_URL'), {
      message: new RegExp(`${setting} = off .* set it to on in postgresql.conf and restart the server\\.$`),
    });
  }
});

for (const version of [15, 18] as const) {
  describe(`a PostgreSQL ${version}`, () => {
    it('that keeps what it acknowledges is fit', async () => {
      const report = await checkDatabase(testServer(version));
      assert.equal(Number.parseInt(report.version, 10), version);
    });

    it('that answers before it has written is refused, with the way out', async () => {
      const url = new URL(testServer(version));
      url.searchParams.set('options', '-c synchronous_commit=off');
      await assert.rejects(checkDatabase(url.href), /synchronous_commit = off .* set it to on/);
    });

    it('is refused when one service alone answers before it has written, whoever said so', async () => {
      const prefix = `t_${randomBytes(5).toString('hex')}`;
      const open = (provisioned: boolean) =>
        postgresEngines({
          ...{
            adminUrl: testServer(version),
            prefix,
            services: ['orders'],
            silent: [],
            passwordSeed: 'seed',
            partitions: 1,
          },
          ...{ connectionsPerService: 2, provisioned, clock: systemClock, random: systemRandom, logger: silentLogger },
        });
      const need = { service: 'orders', collections: [], published: [] };
      const admin = new pg.Client({ connectionString: testServer(version) });
      await admin.connect();
      try {
        const fit = await open(false);
        await fit.storageFor(need);
        await fit.close();
        for (const whose of [`database ${prefix}_orders`, `role ${prefix}_orders`]) {
          await admin.query(`alter ${whose} set synchronous_commit = off`);
          const engines = await open(true);
          await assert.rejects(engines.storageFor(need), /^SetupFault: The database of orders .*ALTER ROLE … RESET/);
          await engines.close();
          await admin.query(`alter ${whose} reset synchronous_commit`);
        }
      } finally {
        await admin.query(`drop database if exists ${prefix}_orders with (force)`);
        for (const role of ['orders', 'bus']) await admin.query(`drop role if exists ${prefix}_${role}`);
        await admin.end();
      }
    });
  });
}

it('that is not there is said in one sentence', async () => {
  await assert.rejects(
    checkDatabase('postgres://nobody@127.0.0.1:1/none'),
    /^\w*Fault: The database at 127\.0\.0\.1:1 cannot be used/,
  );
});
