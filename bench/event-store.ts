/**
 * What the event store does on a real PostgreSQL: `node bench/event-store.ts [seconds]` prints JSON. Takes the superuser's URL of the
 * server from JANGTEO_TEST_PG18 and works in a database of its own, which it drops.
 */

import { account } from '../src/platform/event-store/accounts-harness.ts';
import { intent } from '../src/platform/event-store/aggregate.ts';
import { opened, storedCollections } from '../src/platform/event-store/store-harness.ts';
import { testDatabase } from '../src/platform/postgres/test-database.ts';
import { postgresStorage } from '../src/platform/storage/postgres.ts';
import { decisions, perEvent } from './writers.ts';

const seconds = Number(process.argv[2] ?? 3);
const WRITERS = 64;
const EVENTS = 10;

const database = await testDatabase(18);
try {
  const storage = await postgresStorage({ pool: database.pool(6), name: 'bench', collections: storedCollections });
  await using shop = await opened({ storage });
  const add = { add: 1 };
  const oneStream = await decisions(shop.store, WRITERS, seconds, () => ({ intents: [intent(account, 'hot', add)] }));
  const newStreams = await decisions(shop.store, 4 * WRITERS, seconds, (writer, turn) => ({
    intents: [intent(account, `${writer}.${turn}`, add, { fresh: true })],
  }));
  const appends = await decisions(shop.store, WRITERS, seconds, (writer) => ({
    intents: Array.from({ length: EVENTS }, () => intent(account, `s${writer}`, add)),
  }));
  console.log(JSON.stringify({ oneStream, newStreams, appended: perEvent(appends, EVENTS) }));
} finally {
  await database.drop();
}
