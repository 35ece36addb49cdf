import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { account } from '../../src/platform/event-store/accounts-harness.ts';
import { intent } from '../../src/platform/event-store/aggregate.ts';
import { opened, storedCollections } from '../../src/platform/event-store/store-harness.ts';
import { testDatabase } from '../../src/platform/postgres/test-database.ts';
import { postgresStorage } from '../../src/platform/storage/postgres.ts';
import { eventually } from '../scenarios/api.ts';

const LEASE_MS = 1_500;
const SUCCESSORS = 25;

it('an owner that is stopped in the middle of its writing is succeeded, and refused when it wakes', async () => {
  const database = await testDatabase(18);
  const program = spawn(
    process.execPath,
    [join(import.meta.dirname, 'pausing-writer.ts'), database.url, `${LEASE_MS}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let told = '';
  program.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const linesOf = (word: string) => told.split('\n').filter((line) => line.startsWith(`${word} `));
  try {
    await eventually(
      async () => linesOf('acknowledged').length,
      (count) => count > 30,
      60_000,
    );
    program.kill('SIGSTOP');

    const storage = await postgresStorage({ pool: database.pool(), name: 'test', collections: storedCollections });
    await using successor = await opened({ storage, owner: 'successor', leaseMs: LEASE_MS });
    for (let n = 0; n < SUCCESSORS; n++)
      assert.ok((await successor.store.decide({ intents: [intent(account, 'one', { add: 1_000 })] })).ok);

    program.kill('SIGCONT');
    await eventually(
      async () => linesOf('refused'),
      (lines) => lines.includes('refused UnavailableFault'),
      60_000,
    );
    const events = (await storage.readStreams([{ stream: 'account/one', afterVersion: 0 }])).get('account/one') ?? [];
    assert.deepEqual(
      events.map((event) => event.version),
      events.map((_, index) => index + 1),
    );
    const written = new Map(events.map(({ version, data }) => [version, data.amount]));
    for (const line of linesOf('acknowledged')) assert.equal(written.get(Number(line.split(' ')[1])), 1, line);
    assert.equal(events.filter(({ data }) => data.amount === 1_000).length, SUCCESSORS);
    const first = events.findIndex(({ data }) => data.amount === 1_000);
    assert.ok(
      events.slice(first).every(({ data }) => data.amount === 1_000),
      'a stale writer has written',
    );
  } finally {
    const gone = once(program, 'exit');
    program.kill('SIGKILL');
    await gone;
    await database.drop();
  }
});
