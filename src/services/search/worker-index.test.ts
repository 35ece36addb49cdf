import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { searchIndexConformance } from './conformance.ts';
import { asked, entry } from './fixtures.ts';
import type { SearchIndex } from './port.ts';
import { createWorkerIndex } from './worker-index.ts';

function opened(onLost = () => {}): SearchIndex & AsyncDisposable {
  const index = createWorkerIndex(silentLogger, onLost);
  return { ...index, [Symbol.asyncDispose]: () => index.close() };
}

const ids = async (index: SearchIndex, q: string) =>
  (await index.search(asked(q))).hits.map(({ productId }) => productId).sort();

searchIndexConformance('the embedded index in its worker', async () =>
  createWorkerIndex(silentLogger, () => undefined),
);

test('entries, removals and availability reach the worker, and hits come back', async () => {
  await using index = opened();
  await index.put([entry('mug', { title: { en: 'Mug', ko: '머그컵' } }), entry('bowl')]);
  await index.setAvailability([{ sku: 'SKU-mug', availability: 'in_stock' }]);
  const { hits, total } = await index.search(asked('그컵'));
  assert.equal(total, 1);
  assert.deepEqual(hits[0], {
    productId: 'mug',
    sellerId: 'pottery',
    title: { en: 'Mug', ko: '머그컵' },
    prices: { GBP: 1_000 },
    availability: 'in_stock',
  });
  await index.remove('mug', 2);
  assert.deepEqual(await ids(index, ''), ['bowl']);
});

test('a worker that dies is replaced by an empty one, and its loss is told', async () => {
  const lost = Promise.withResolvers<void>();
  const index = createWorkerIndex(silentLogger, lost.resolve, 32);
  try {
    await index.put([entry('small')]);
    const heavy = Array.from({ length: 500 }, (_, n) => entry(`p${n}`, { title: { en: `${n}`.repeat(100_000) } }));
    await assert.rejects(index.put(heavy), /died/);
    await lost.promise;
    assert.deepEqual(await ids(index, ''), []);
    await index.put([entry('again')]);
    assert.deepEqual(await ids(index, ''), ['again']);
  } finally {
    await index.close();
  }
});

test('a closed index says so', async () => {
  const index = createWorkerIndex(silentLogger, () => assert.fail('it was not lost'));
  const waiting = index.search(asked('mug'));
  await index.close();
  await assert.rejects(waiting);
  await assert.rejects(index.search(asked('mug')), /closed/);
});

test('the worker tells the memory it takes, which grows with what it holds', async () => {
  const index = createWorkerIndex(silentLogger, () => {});
  try {
    await index.put([entry('first')]);
    const empty = await index.memoryBytes();
    const words = (at: number) => Array.from({ length: 20 }, (_, word) => `w${at}x${word}`).join(' ');
    await index.put(Array.from({ length: 2_000 }, (_, at) => entry(`p${at}`, { title: { en: words(at) } })));
    const full = await index.memoryBytes();
    assert.ok(empty > 1_000_000 && full > empty + 1_000_000, `${empty} bytes, then ${full}`);
  } finally {
    await index.close();
  }
});
