import { setTimeout as wait } from 'node:timers/promises';
import { testDatabase } from '../postgres/test-database.ts';
import { storageConformance } from './conformance.ts';
import { ORDERS } from './conformance-open.ts';
import { postgresStorage } from './postgres.ts';
import { postgresOutboxFeed } from './postgres-outbox.ts';
import { migrate } from './postgres-schema.ts';

for (const version of [15, 18] as const) {
  storageConformance(`PostgreSQL ${version}`, async () => {
    const database = await testDatabase(version);
    const pool = database.pool();
    const storage = await postgresStorage({ pool, name: 'shop', collections: [ORDERS] });
    return {
      storage,
      async outbox(types) {
        const outbox = { types, reader: 'postgres' };
        await migrate(pool, { name: 'shop', partitions: 4, collections: [ORDERS], outbox });
        return postgresOutboxFeed({ pool, name: 'shop' });
      },
      passTime: (ms) => wait(ms),
      async drop() {
        await storage.close();
        await database.drop();
      },
    };
  });
}
