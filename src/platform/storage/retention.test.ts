import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { memoryStorage } from './memory.ts';
import { KEEP_IDEMPOTENCY_MS, keepRetention } from './retention.ts';

const HOUR_MS = 3_600_000;

async function world() {
  const clock = virtualClock();
  const storage = memoryStorage({ name: 'shop', clock });
  const at = clock.now();
  const idempotency = [{ key: 'k', bodyHash: 'h', answer: null, at }];
  const empty = { fences: [], events: [], documents: [], positions: [] };
  await storage.commit({ id: 'one', at, ...empty, idempotency });
  return { clock, storage, isKept: async () => (await storage.idempotencyRecords(['k'])).has('k') };
}

test('an idempotency record is removed once it has been kept long enough, and not before', async () => {
  const { clock, storage, isKept } = await world();
  const stop = keepRetention(storage, { clock, logger: silentLogger });
  await clock.advance(KEEP_IDEMPOTENCY_MS - HOUR_MS);
  assert.equal(await isKept(), true);
  await clock.advance(2 * HOUR_MS);
  assert.equal(await isKept(), false);
  await stop();
});

test('a removal that fails is tried again', async () => {
  const { clock, storage, isKept } = await world();
  let tries = 0;
  const failing = {
    expireIdempotency: async (before: number) => {
      tries += 1;
      if (tries === 1) throw new Error('the database is away');
      return storage.expireIdempotency(before);
    },
  };
  await clock.advance(2 * KEEP_IDEMPOTENCY_MS);
  const stop = keepRetention(failing, { clock, logger: silentLogger });
  await clock.advance(2 * HOUR_MS);
  assert.deepEqual([await isKept(), tries > 1], [false, true]);
  await stop();
});

test('nothing is removed after it was stopped', async () => {
  const { clock, storage, isKept } = await world();
  const stop = keepRetention(storage, { clock, logger: silentLogger });
  await stop();
  await clock.advance(2 * KEEP_IDEMPOTENCY_MS);
  assert.equal(await isKept(), true);
});
