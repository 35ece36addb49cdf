import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../postgres/test-database.ts';
import type { Storage } from '../storage/port.ts';
import { postgresStorage } from '../storage/postgres.ts';
import { account, documentAccount, snapshotAccount } from './accounts-harness.ts';
import { intent } from './aggregate.ts';
import { ConflictFault, RefusedFault, type Work } from './port.ts';
import { opened, plainDocuments, storedCollections } from './store-harness.ts';

async function withDatabase(work: (open: () => Promise<Storage>) => Promise<void>): Promise<void> {
  const database = await testDatabase(18);
  const pool = database.pool(6);
  try {
    await work(() => postgresStorage({ pool, name: 'test', collections: storedCollections }));
  } finally {
    await database.drop();
  }
}

const add = (aggregate: typeof account, id: string, amount: number): Work => ({
  intents: [intent(aggregate, id, { add: amount })],
});

test('the event store keeps its promises on PostgreSQL, and a store opened later finds everything', async () => {
  await withDatabase(async (open) => {
    const kinds: readonly (typeof account)[] = [account, snapshotAccount, documentAccount];
    {
      await using shop = await opened({ storage: await open() });
      await Promise.all(
        Array.from({ length: 32 }, async (_, writer) => {
          for (let n = 0; n < 5; n++) {
            for (const kind of kinds) assert.ok((await shop.store.decide(add(kind, `s${writer % 4}`, 1))).ok);
          }
        }),
      );
      const [bad, stale, good, keyed] = await Promise.allSettled([
        shop.store.decide({ intents: [intent(account, 's0', { note: 'NUL \0' })] }),
        shop.store.decide({
          ...add(account, 's0', 1),
          documents: [{ collection: plainDocuments, generation: 0, key: 'x', body: {}, expectedVersion: 3 }],
        }),
        shop.store.decide(add(account, 's0', -40)),
        shop.store.decide({ ...add(account, 's1', 0), idempotency: { key: 'k', bodyHash: 'h', answer: 'kept' } }),
      ]);
      assert.ok(bad.status === 'rejected' && bad.reason instanceof RefusedFault);
      assert.ok(stale.status === 'rejected' && stale.reason instanceof ConflictFault);
      assert.ok(good.status === 'fulfilled' && good.value.ok);
      assert.ok(keyed.status === 'fulfilled');
    }
    await using shop = await opened({ storage: await open() });
    for (const kind of kinds) {
      const { state } = await shop.store.load(kind, 's0');
      assert.equal(state.balance, kind === account ? 0 : 40);
    }
    assert.equal(await shop.store.answered({ key: 'k', bodyHash: 'h' }), 'kept');
    const feed = await shop.storage.readFeed([], 10_000);
    assert.equal(feed.length, 32 * 5 * 3 + 1);
  });
});
