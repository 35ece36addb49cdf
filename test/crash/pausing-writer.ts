import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { account } from '../../src/platform/event-store/accounts-harness.ts';
import { intent } from '../../src/platform/event-store/aggregate.ts';
import { opened, storedCollections } from '../../src/platform/event-store/store-harness.ts';
import { postgresStorage } from '../../src/platform/storage/postgres.ts';

/** A program that owns a log and writes to one stream as fast as it can, and tells of each answer in a line. */
const [url = '', leaseMs = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 3 });
pool.on('error', () => undefined);
const storage = await postgresStorage({ pool, name: 'test', collections: storedCollections });
const { store } = await opened({ storage, owner: 'pausing', leaseMs: Number(leaseMs) });
for (;;) {
  try {
    const decided = await store.decide({ intents: [intent(account, 'one', { add: 1 })] });
    if (decided.ok) console.log(`acknowledged ${decided.events[0]?.version}`);
  } catch (error) {
    console.log(`refused ${(error as Error).name}`);
    await pause(50);
  }
}
