import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account } from './accounts-harness.ts';
import { intent } from './aggregate.ts';
import { UnavailableFault } from './port.ts';
import { newStorage, opened } from './store-harness.ts';

test('decides, keeps and loads', async () => {
  await using shop = await opened();
  const decided = await shop.store.decide({ intents: [intent(account, 'a', { add: 5 })] });
  assert.ok(decided.ok);
  assert.deepEqual(
    decided.events.map(({ stream, version, type, data, position }) => ({ stream, version, type, data, position })),
    [{ stream: 'account/a', version: 1, type: 'Added', data: { amount: 5, by: '' }, position: 1 }],
  );
  assert.deepEqual(await shop.store.load(account, 'a'), { state: { balance: 5, seen: [] }, version: 1 });
  assert.deepEqual(await shop.store.history(account, 'a'), decided.events);
});

test('a history that cannot be read just now is asked for again, like anything else', async () => {
  const storage = newStorage();
  await using shop = await opened({
    storage: { ...storage, readStreams: () => Promise.reject(new Error('the connection died')) },
  });
  await assert.rejects(shop.store.history(account, 'a'), UnavailableFault);
});
