import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import type { Storage } from '../storage/port.ts';
import { account } from './accounts-harness.ts';
import { intent } from './aggregate.ts';
import { newStorage, opened } from './store-harness.ts';
import { NewerLogFault, writtenTypes } from './written.ts';

const newer = {
  ...account,
  events: { Noted: { version: 1 }, Added: { version: 2, upcasters: { 1: (data: object) => ({ ...data }) } } },
};

async function written(storage: Storage): Promise<Record<string, unknown>> {
  const found = await storage.query({ collection: writtenTypes, generation: 0, where: {}, limit: 10 });
  return Object.fromEntries(found.map(({ key, body, version }) => [key, [body.version, version]]));
}

test('a log remembers the newest version of each event type, with the first such event and never again', async () => {
  const storage = newStorage();
  for (const aggregate of [account, newer, newer]) {
    await using shop = await opened({ storage, aggregates: [aggregate] });
    for (const id of ['a', 'b'])
      assert.ok((await shop.store.decide({ intents: [intent(aggregate, id, { add: 1 })] })).ok);
  }
  assert.deepEqual(await written(storage), { Added: [2, 2] });
});

test('who cannot read all of a log does not lead it, and says what it is that it cannot read', async () => {
  const storage = newStorage();
  {
    await using shop = await opened({ storage, aggregates: [newer] });
    await shop.store.decide({ intents: [intent(newer, 'a', { add: 1 }), intent(newer, 'b', { note: 'x' })] });
  }
  const heads = await storage.heads();
  await assert.rejects(opened({ storage }), (fault: Error) => {
    assert.ok(fault instanceof NewerLogFault);
    assert.match(fault.message, /log of test: Added version 2; this release knows up to 1\. Start/);
    return true;
  });
  const { Added } = newer.events;
  const forgetful = { ...newer, events: { Added } };
  await assert.rejects(
    opened({ storage, aggregates: [forgetful as never] }),
    /Noted version 1, which this release does not know/,
  );
  assert.deepEqual(await storage.heads(), heads);
  // The lease is nobody's: the newer release has it at once.
  await using shop = await opened({ storage, aggregates: [newer], owner: 'another' });
  assert.ok((await shop.store.decide({ intents: [intent(newer, 'a', { add: 1 })] })).ok);
});

test('who waits for the lease while another writes what it cannot read gives the lease back when it gets it', async () => {
  const clock = virtualClock();
  const storage = newStorage(clock);
  const first = await clock.runUntil(opened({ storage, clock, aggregates: [newer], owner: 'newer' }));
  const waiting = opened({ storage, clock, owner: 'older' });
  const refused = assert.rejects(waiting, NewerLogFault);
  await clock.advance(1_000);
  await clock.runUntil(first.store.decide({ intents: [intent(newer, 'a', { add: 1 })] }));
  await clock.runUntil(first.store.close());
  await clock.runUntil(refused);
  assert.equal((await storage.acquire('anybody', 1_000)).length, storage.log.partitions);
});
