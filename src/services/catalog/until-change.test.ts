import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilChange } from './until-change.ts';

test('an answer is read once for all until something changes', async () => {
  let changes = 0;
  let reads = 0;
  const kept = untilChange<{ read: number }>(10, () => changes);
  const read = async () => ({ read: ++reads });
  const all = await Promise.all([kept.get('a', read), kept.get('a', read)]);
  assert.deepEqual([...all, await kept.get('a', read)], [{ read: 1 }, { read: 1 }, { read: 1 }]);
  changes++;
  assert.deepEqual(await kept.get('a', read), { read: 2 });
});

test('what was being read when something changed is given to nobody who asks after it', async () => {
  let changes = 0;
  const kept = untilChange<{ text: string }>(10, () => changes);
  const slow = Promise.withResolvers<{ text: string }>();
  const before = kept.get('a', () => slow.promise);
  changes++;
  assert.deepEqual(await kept.get('a', async () => ({ text: 'new' })), { text: 'new' });
  slow.resolve({ text: 'old' });
  assert.deepEqual(await before, { text: 'old' });
  assert.deepEqual(await kept.get('a', async () => ({ text: 'unused' })), { text: 'new' });
});

test('neither a failure nor what may not be kept is remembered', async () => {
  const kept = untilChange<{ stale: boolean }>(
    10,
    () => 0,
    ({ stale }) => !stale,
  );
  await assert.rejects(
    kept.get('a', () => Promise.reject(new Error('no database'))),
    /no database/,
  );
  assert.deepEqual(await kept.get('a', async () => ({ stale: true })), { stale: true });
  assert.deepEqual(await kept.get('a', async () => ({ stale: false })), { stale: false });
});
