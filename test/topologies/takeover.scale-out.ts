import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  assertLedgerBalances,
  assertNothingLost,
  assertStockWhole,
  crowd,
  type Purchase,
  sells,
  stockForCrowds,
} from '../crash/shoppers.ts';
import { eventually } from '../scenarios/api.ts';
import { type SupervisedUnderTest, startSupervised } from './supervised.ts';

const PIECES = 20;
const SHOPPERS = 8;
const WITHIN_MS = 30_000;

let shop: SupervisedUnderTest;
const everything: Purchase[] = [];
before(async () => {
  shop = await startSupervised('scale-out', {
    adapt: ({ balancer: _, ...topology }) => ({ ...topology, leaders: 'spread' }),
  });
  await stockForCrowds(shop, PIECES);
});
after(() => shop?.stop());

/** The door of a replica, as a shop of its own. */
function doorOf(name: string) {
  const port = shop.rows().find((row) => row.name === name)?.port;
  return { ...shop, url: `http://127.0.0.1:${port}` };
}

function pidOf(name: string): number {
  const { pid } = shop.rows().find((row) => row.name === name) ?? {};
  assert.ok(pid, `${name} runs`);
  return pid;
}

/** What each replica has said since it leads, newest last. */
const turns = () => shop.said.filter((line) => /"msg":"leads( no more)?"/.test(line));

describe('two processes that share the work', { concurrency: false }, () => {
  it('each lead a part of it, and both doors answer for all', () => {
    for (const name of ['app-1', 'app-2'])
      assert.ok(
        turns().some((line) => line.startsWith(name)),
        shop.said.join('\n'),
      );
  });

  for (const victim of ['app-1', 'app-2']) {
    const other = victim === 'app-1' ? 'app-2' : 'app-1';

    it(`go on when ${victim} is killed under load: ${other} takes over, and gives back what is not its own`, async () => {
      const door = doorOf(other);
      await using shoppers = crowd(door, SHOPPERS, { wait: 5 });
      await eventually(
        async () => shoppers.purchases.length,
        (count) => count > 10,
      );
      const led = turns().length;
      process.kill(pidOf(victim), 'SIGKILL');
      await eventually(() => sells(door), Boolean, WITHIN_MS);
      // The victim is started again, and leads again what it should.
      await eventually(
        async () => turns().slice(led),
        (since) => since.some((line) => line.startsWith(victim) && line.includes('"msg":"leads"')),
        WITHIN_MS * 2,
      );
      await shoppers.leave();
      everything.push(...shoppers.purchases);
      assert.deepEqual(shoppers.surprises, []);
      await assertNothingLost(door, shoppers.purchases);
      await assertStockWhole(door, everything, PIECES);
    });
  }

  it('go on when one is paused: what it wakes up to is no longer its own, and it knows', async () => {
    const door = doorOf('app-1');
    await using shoppers = crowd(door, SHOPPERS, { wait: 5 });
    await eventually(
      async () => shoppers.purchases.length,
      (count) => count > 10,
    );
    const pid = pidOf('app-2');
    process.kill(pid, 'SIGSTOP');
    try {
      await eventually(() => sells(door), Boolean, WITHIN_MS);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await eventually(() => sells(doorOf('app-2')), Boolean, WITHIN_MS);
    await shoppers.leave();
    everything.push(...shoppers.purchases);
    assert.deepEqual(shoppers.surprises, []);
    await assertNothingLost(door, shoppers.purchases);
    await assertStockWhole(door, everything, PIECES);
  });

  it('keep every invariant through all of that', async () => {
    await assertLedgerBalances(shop);
    await shop.verify();
  });
});
