import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import { virtualClock } from '../platform/clock/virtual.ts';
import type { Storage } from '../platform/storage/port.ts';
import type { Engines } from './engines/engines.ts';
import { memoryEngines } from './engines/memory.ts';
import { witnessedEngines } from './witness.ts';

const folder = mkdtempSync(join(tmpdir(), 'jangteo-witness-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'witness.json');
const ORDERS = { service: 'orders', collections: [], published: [] };
const newEngines = () => memoryEngines({ clock: systemClock, random: systemRandom, partitions: 1 });

/** Opens the orders, lets `work` happen, and closes; answers what was said. */
async function openOn(
  engines: Engines,
  options: { readonly of?: string; readonly acceptLoss?: boolean; readonly work?: (storage: Storage) => unknown } = {},
): Promise<string> {
  let said = '';
  const { of = 'here', acceptLoss = false, work } = options;
  const say = (line: string) => {
    said += line;
  };
  const witnessed = witnessedEngines(engines, { file, of, acceptLoss, say });
  try {
    await work?.(await witnessed.storageFor(ORDERS));
  } finally {
    await witnessed.close();
  }
  return said;
}

async function write(storage: Storage): Promise<void> {
  const fences = await storage.acquire('test', 1_000);
  const event = { partition: 0, stream: 's', version: 1, type: 'Told', schemaVersion: 1, data: {}, metadata: {} };
  const nothing = { documents: [], idempotency: [], positions: [] };
  assert.equal((await storage.commit({ id: 'one', at: 1, fences, events: [event], ...nothing })).fate, 'done');
}

const nothing = () => undefined;

it('remembers how far a log has come, and opens what still stands there or has come further', async () => {
  const engines = newEngines();
  await openOn(engines, { work: write });
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')).logs.orders.positions, [1]);
  assert.equal(await openOn(engines, { work: nothing }), '');
});

it('refuses a log that stands before it, unless it is told that these are other databases or that the loss is known', async () => {
  const lost = /The database of orders has lost 1 event that .* \(1 to 1 of partition 0\): .* --accept-loss`\.$/;
  await assert.rejects(openOn(newEngines(), { work: nothing }), lost);
  await assert.rejects(openOn(newEngines(), { work: nothing }), lost, 'a refusal is no acceptance');
  const kept = readFileSync(file, 'utf8');
  assert.equal(await openOn(newEngines(), { of: 'elsewhere', work: nothing }), '');

  writeFileSync(file, kept);
  const others = newEngines();
  assert.match(await openOn(others, { acceptLoss: true, work: nothing }), /^Going on without what is lost/);
  assert.equal(await openOn(others, { work: nothing }), '');
});

it('refuses another log in its place', async () => {
  const engines = newEngines();
  await openOn(engines, { work: write });
  const { of, logs } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ of, logs: { orders: { ...logs.orders, epoch: 'another' } } }));
  await assert.rejects(
    openOn(engines, { work: nothing }),
    /orders is not the one that was here before, which had 1 event:/,
  );
});

it('takes a torn witness for none', async () => {
  writeFileSync(file, '{"of":"here","lo');
  assert.equal(await openOn(newEngines(), { work: nothing }), '');
});

it('goes on looking at the others when one service is led elsewhere, and knows then what it saw of it', async () => {
  writeFileSync(file, '{}');
  const clock = virtualClock();
  const memory = memoryEngines({ clock, random: systemRandom, partitions: 1 });
  const closed = new Set<string>();
  const engines: Engines = {
    ...memory,
    async storageFor(need) {
      const storage = await memory.storageFor(need);
      const heads = async () => (closed.has(need.service) ? assert.fail('its pool has ended') : storage.heads());
      return { ...storage, heads, close: async () => void closed.add(need.service) };
    },
  };
  const witnessed = witnessedEngines(engines, { file, of: 'here', acceptLoss: false, say: assert.fail });
  const [orders, payments] = [
    await witnessed.storageFor(ORDERS),
    await witnessed.storageFor({ ...ORDERS, service: 'payments' }),
  ];
  await write(orders);
  await clock.advance(1_000);
  await orders.close();
  await write(payments);
  await clock.advance(1_000);
  const { logs } = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual([logs.orders.positions, logs.payments.positions], [[1], [1]]);
  await witnessed.close();
});
