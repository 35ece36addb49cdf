/**
 * What the event store does on a real PostgreSQL: `node bench/event-store.ts [seconds]`. Takes the superuser's URL of the server from
 * JANGTEO_TEST_PG18 and works in a database of its own, which it drops.
 */

import { account } from '../src/platform/event-store/accounts-harness.ts';
import { intent } from '../src/platform/event-store/aggregate.ts';
import type { EventStore, Work } from '../src/platform/event-store/port.ts';
import { opened, storedCollections } from '../src/platform/event-store/store-harness.ts';
import { testDatabase } from '../src/platform/postgres/test-database.ts';
import { postgresStorage } from '../src/platform/storage/postgres.ts';

const seconds = Number(process.argv[2] ?? 3);
const WRITERS = 64;

interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Each writer asks, waits for the answer, and asks again. */
async function measure(
  store: EventStore,
  writers: number,
  work: (writer: number, turn: number) => Work,
): Promise<Measured> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1_000;
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let turn = 0; performance.now() < until; turn++) {
        const askedAt = performance.now();
        const decided = await store.decide(work(writer, turn));
        if (!decided.ok) throw new Error(decided.rejection.detail);
        times.push(performance.now() - askedAt);
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  const perSecond = (times.length / (performance.now() - startedAt)) * 1_000;
  return { perSecond, cpuMicros: (user + system) / times.length, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function print(what: string, unit: string, measured: Measured, each = 1): void {
  const rate = Math.round(measured.perSecond * each).toLocaleString('en');
  const { cpuMicros, p50Ms, p99Ms } = measured;
  const rest = `${Math.round(cpuMicros)} µs of CPU each, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;
  process.stdout.write(`${what}: ${rate} ${unit} (${rest})\n`);
}

const database = await testDatabase(18);
const pool = database.pool(6);
try {
  const groups = { commits: 0, works: 0 };
  const storage = await postgresStorage({ pool, name: 'bench', collections: storedCollections });
  await using shop = await opened({
    storage,
    groupCommitted(works) {
      groups.commits++;
      groups.works += works;
    },
  });
  const add = { add: 1 };
  print(
    `one stream, ${WRITERS} writers`,
    'decisions/s',
    await measure(shop.store, WRITERS, () => ({ intents: [intent(account, 'hot', add)] })),
  );
  process.stdout.write(`  ${(groups.works / groups.commits).toFixed(1)} works a commit\n`);
  print(
    `new streams, ${4 * WRITERS} writers`,
    'decisions/s',
    await measure(shop.store, 4 * WRITERS, (writer, turn) => ({
      intents: [intent(account, `${writer}.${turn}`, add, { fresh: true })],
    })),
  );
  const ten = (id: string) => Array.from({ length: 10 }, () => intent(account, id, add));
  print(
    `append, ${WRITERS} writers, 10 events each time`,
    'events/s',
    await measure(shop.store, WRITERS, (writer) => ({ intents: ten(`s${writer}`) })),
    10,
  );
} finally {
  await database.drop();
}
