import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { systemRandom } from '../clock/system.ts';
import { type TestDatabase, testDatabase } from '../postgres/test-database.ts';
import { resourceConformance } from './conformance.ts';
import { type MemorySession, memoryResource, memoryStore } from './memory.ts';
import { type PostgresSession, postgresResource } from './postgres.ts';
import { openQueue, type QueueSession } from './queue.ts';
import { newTransactionId } from './transaction-id.ts';

resourceConformance<MemorySession>('memory', async () => {
  const store = memoryStore();
  return {
    process: async () => ({ resource: memoryResource('memory', store), die: async () => {} }),
    write: async (session, text) => session.put(text, ''),
    written: async () => [...store.values.keys()],
    async rollBackByHand(transaction) {
      store.prepared.delete(transaction);
    },
    close: async () => {},
  };
});

for (const version of [15, 18] as const)
  resourceConformance<PostgresSession>(`PostgreSQL ${version}`, async () => {
    const database = await testDatabase(version);
    const pool = database.pool();
    await pool.query('CREATE TABLE written (text text)');
    let processes = 0;
    return {
      async process() {
        const application_name = `process ${++processes}`;
        const own = new pg.Pool({ connectionString: database.url, max: 10, application_name });
        own.on('error', () => {});
        const resource = await postgresResource({ name: 'ledger', pool: own });
        return { resource, die: () => cut(pool, application_name) };
      },
      async write(session, text) {
        await session.query('INSERT INTO written VALUES ($1)', [text]);
      },
      written: async () => (await pool.query('SELECT text FROM written')).rows.map(({ text }) => text),
      async rollBackByHand(transaction) {
        await pool.query(`ROLLBACK PREPARED 'jangteo:${transaction}:ledger'`);
      },
      close: () => database.drop(),
    };
  });

resourceConformance<QueueSession>('the queue', async () => {
  const database = await testDatabase(18);
  const pool = database.pool();
  await openQueue({ name: 'queue', pool });
  return {
    async process() {
      const { resource } = await openQueue({ name: 'queue', pool: database.pool() });
      return { resource, die: async () => {} };
    },
    write: async (session, text) => session.enqueue(text),
    written: async () =>
      (await pool.query('SELECT body FROM queue_messages WHERE branch IS NULL')).rows.map(({ body }) => body),
    async rollBackByHand(transaction) {
      await pool.query('DELETE FROM queue_messages WHERE branch = $1', [transaction]);
      await pool.query('DELETE FROM queue_branches WHERE branch = $1', [transaction]);
    },
    close: () => database.drop(),
  };
});

/** Ends the sessions of a process on the server, as when it is gone. */
async function cut(admin: pg.Pool, process: string): Promise<void> {
  await admin.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1', [
    process,
  ]);
}

describe('PostgreSQL as a resource', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase(18);
    await database.pool().query('CREATE TABLE written (text text UNIQUE)');
  });
  after(() => database.drop());
  const newId = () => newTransactionId('shop', 1, Date.now(), systemRandom);

  it('promises nothing for work that went on after an error', async () => {
    const resource = await postgresResource({ name: 'ledger', pool: database.pool() });
    const branch = await resource.begin(newId());
    await branch.session.query("INSERT INTO written VALUES ('a')");
    await assert.rejects(branch.session.query('SELECT 1 / 0'));
    await assert.rejects(branch.prepare(), /had failed or had ended/);
    assert.deepEqual(await resource.recover('shop'), []);
  });

  it('promises nothing for work that ended its transaction itself', async () => {
    const resource = await postgresResource({ name: 'ledger', pool: database.pool() });
    const branch = await resource.begin(newId());
    await branch.session.query('COMMIT');
    await assert.rejects(branch.prepare(), /had failed or had ended/);
    assert.deepEqual(await resource.recover('shop'), []);
  });

  it('drops work that pauses for too long, and so its locks', async () => {
    const resource = await postgresResource({ name: 'ledger', pool: database.pool(), idleMs: 50 });
    const branch = await resource.begin(newId());
    await branch.session.query("INSERT INTO written VALUES ('b')");
    await new Promise((resolve) => setTimeout(resolve, 300));
    await assert.rejects(branch.prepare());
    assert.equal((await database.pool().query("INSERT INTO written VALUES ('b')")).rowCount, 1);
  });

  it('tells two resources in one cluster apart', async () => {
    const pool = database.pool();
    const [one, other] = await Promise.all(['one', 'other'].map((name) => postgresResource({ name, pool })));
    assert.ok(one && other);
    const id = newId();
    const receipt = await (await one.begin(id)).prepare();
    await (await other.begin(id)).prepare();
    assert.deepEqual([await one.recover('shop'), await other.recover('shop')], [[id], [id]]);
    assert.equal(await other.rollback(id), 'rolled_back');
    assert.equal(await one.commit(id, receipt), 'committed');
  });
});

it('a queue hands its messages out in order, and again when the taker fails', async () => {
  const database = await testDatabase(18);
  try {
    const queue = await openQueue({ name: 'queue', pool: database.pool() });
    const id = newTransactionId('shop', 1, Date.now(), systemRandom);
    const branch = await queue.resource.begin(id);
    for (const body of [{ order: 1 }, { order: 2 }, { order: 3 }]) branch.session.enqueue(body);
    const receipt = await branch.prepare();
    assert.equal(await queue.take(10, async () => {}), 0);
    await queue.resource.commit(id, receipt);
    await assert.rejects(
      queue.take(2, () => Promise.reject(new Error('later'))),
      /later/,
    );
    const heard: unknown[] = [];
    const hear = async (bodies: readonly unknown[]) => void heard.push(...bodies);
    assert.deepEqual([await queue.take(2, hear), await queue.take(2, hear), await queue.take(2, hear)], [2, 1, 0]);
    assert.deepEqual(heard, [{ order: 1 }, { order: 2 }, { order: 3 }]);
  } finally {
    await database.drop();
  }
});

it('a server without durable commits is refused in one plain sentence', async () => {
  const database = await testDatabase(18);
  try {
    await database.pool().query(`ALTER DATABASE ${database.name} SET synchronous_commit = off`);
    const refused = openQueue({ name: 'queue', pool: database.pool() });
    await assert.rejects(
      refused,
      /^TwoPhaseSetupFault: The PostgreSQL of "queue" does not flush at each commit, .* on\.$/,
    );
  } finally {
    await database.drop();
  }
});
