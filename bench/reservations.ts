/**
 * Whether a product with many open reservations costs more than one with few: `node bench/reservations.ts [seconds]` prints JSON. Takes
 * the superuser's URL of a PostgreSQL from JANGTEO_TEST_PG18 and works in a database of its own, which it drops.
 */

import { intent } from '../src/platform/event-store/aggregate.ts';
import { opened, storedCollections } from '../src/platform/event-store/store-harness.ts';
import { testDatabase } from '../src/platform/postgres/test-database.ts';
import { postgresStorage } from '../src/platform/storage/postgres.ts';
import type { StockCommand } from '../src/services/inventory/decide.ts';
import { stock } from '../src/services/inventory/stock.aggregate.ts';
import { median } from './load/latencies.ts';
import { type Decisions, decisions, perEvent } from './writers.ts';

const seconds = Number(process.argv[2] ?? 3);
const WRITERS = 64;
const ROUNDS = 7;
const PRODUCTS = { few: 10, many: 10_000 } as const;
const PIECES = 1_000_000_000;
const HOUR_MS = 3_600_000;

const database = await testDatabase(18);
try {
  const storage = await postgresStorage({ pool: database.pool(6), name: 'bench', collections: storedCollections });
  await using shop = await opened({ storage, aggregates: [stock] });
  const wish = (sku: string, command: object) =>
    intent(stock, sku, { ...command, sku, now: Date.now(), lowStockAt: 5 } as StockCommand);
  const reserve = (sku: string, order: string) =>
    wish(sku, {
      ...{ kind: 'reserve', order, quantity: 1 },
      ...{ validUntil: Date.now() + HOUR_MS, expiresAt: Date.now() + HOUR_MS },
    });
  let orders = 0;
  const slice = async (sku: string) => {
    const pair = await decisions(shop.store, WRITERS, seconds / ROUNDS, () => {
      const order = `ord_${orders++}`;
      return { intents: [reserve(sku, order), wish(sku, { kind: 'sell', order, quantity: 1 })] };
    });
    return perEvent(pair, 2);
  };

  for (const [sku, open] of Object.entries(PRODUCTS)) {
    await shop.store.decide({ intents: [wish(sku, { kind: 'count', location: 'main', onHand: PIECES })] });
    for (let held = 0; held < open; held += WRITERS) {
      const some = Array.from({ length: Math.min(WRITERS, open - held) }, (_, at) => reserve(sku, `open_${held + at}`));
      await shop.store.decide({ intents: some });
    }
  }
  const slices: Record<keyof typeof PRODUCTS, Decisions[]> = { few: [], many: [] };
  await slice('few');
  await slice('many');
  for (let round = 0; round < ROUNDS; round++) {
    slices.few.push(await slice('few'));
    slices.many.push(await slice('many'));
  }
  for (const [sku, open] of Object.entries(PRODUCTS)) {
    const { state } = await shop.store.load(stock, sku);
    if (state.reserved !== open) throw new Error(`${sku} holds ${state.reserved} open reservations`);
  }
  const middle = (of: keyof Decisions, taken: readonly Decisions[]) => median(taken.map((each) => each[of]));
  const summary = (taken: readonly Decisions[]) => ({
    perSecond: middle('perSecond', taken),
    // The mean: a slice that writes a snapshot pays for many that do not.
    cpuMicros: taken.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0) / taken.length,
    ...{ p50Ms: middle('p50Ms', taken), p99Ms: middle('p99Ms', taken) },
  });
  console.log(JSON.stringify({ few: summary(slices.few), many: summary(slices.many) }));
} finally {
  await database.drop();
}
