import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  ask,
  assertLedgerBalances,
  assertNothingLost,
  assertStockWhole,
  type Crowd,
  crowd,
  PLENTY,
  type Purchase,
  sells,
  stockForCrowds,
} from '../crash/shoppers.ts';
import { admin, call, cartWith, eventually } from '../scenarios/api.ts';
import { type Fleet, type Release, startFleet, UPGRADED } from './fleet.ts';

const PIECES = 20;
const SHOPPERS = 4;
const SLOW = 6;
const WITHIN_MS = 90_000;
let fleet: Fleet;
let shoppers: Crowd;
const everything: Purchase[] = [];

/** Checkouts whose card takes its time: they are under way when what follows happens. */
async function slowCheckouts(): Promise<void> {
  const carts = await Promise.all(Array.from({ length: SLOW }, () => cartWith(fleet.shop, { [PLENTY]: 1 })));
  for (const cart of carts) {
    const slow: Purchase = {
      cart,
      key: randomUUID(),
      sku: PLENTY,
      paymentToken: 'tok_slow',
      startedAt: performance.now(),
    };
    everything.push(slow);
    await ask(fleet.shop, slow, 0);
  }
}

/** Another release takes a replica's place while checkouts are under way, and the shop sells. */
async function roll(replica: string, release: Release, leader: string): Promise<void> {
  await slowCheckouts();
  await fleet.install(replica, release);
  for (const service of UPGRADED) await fleet.untilLed(service, leader);
  await eventually(() => sells(fleet.shop), Boolean, WITHIN_MS);
}

async function grows(type: string, version: number): Promise<void> {
  const count = async () => (await fleet.written('orders', type))[version] ?? 0;
  const from = await count();
  await eventually(count, (now) => now > from + 3, WITHIN_MS);
}

/** What the shopper's list says of an order that is confirmed now. */
async function listed(): Promise<unknown> {
  const cart = await cartWith(fleet.shop, { [PLENTY]: 1 });
  const bought: Purchase = { cart, key: randomUUID(), sku: PLENTY, paymentToken: 'tok_visa', startedAt: 0 };
  everything.push(bought);
  await ask(fleet.shop, bought);
  return eventually(
    async () => (await call(fleet.shop, 'GET', '/v1/orders', { token: cart.token })).body.items[0]?.status,
    (status) => status === 'confirmed',
    WITHIN_MS,
  );
}

/** One service upgraded under load, rolled back and upgraded again, with releases side by side. */
export function upgradeUnderLoad(bus: 'log' | 'kafka'): void {
  describe(`an upgrade under load, release by release (${bus})`, { concurrency: false }, () => {
    before(async () => {
      fleet = await startFleet({ first: 'reads', bus });
      await stockForCrowds(fleet.shop, PIECES);
      shoppers = crowd(fleet.shop, SHOPPERS, { wait: 5 });
    });
    after(async () => {
      await shoppers?.[Symbol.asyncDispose]();
      await fleet?.[Symbol.asyncDispose]();
    });

    it('the new release beside the old one writes what only the two can read', async () => {
      await grows('OrderConfirmed', 1);
      assert.deepEqual(await fleet.written('orders', 'ThanksPromised'), {});
      await roll('core-1', 'writes', 'core-1');
      await grows('OrderConfirmed', 2);
      await grows('ThanksPromised', 1);
      await listed();
    });

    it('rolled back, the release before leads what the new one has written, and ends the checkouts that it began', async () => {
      await roll('core-1', 'reads', 'core-1');
      await grows('OrderConfirmed', 1);
      await listed();
    });

    it('forward again, replica by replica', async () => {
      await roll('core-1', 'writes', 'core-1');
      await roll('core-2', 'writes', 'core-1');
      await grows('OrderConfirmed', 2);
      await listed();
    });

    it('a release that cannot read the log leads nothing, says why, and keeps nobody who can waiting', async () => {
      await slowCheckouts();
      const said = fleet.shop.said.length;
      await fleet.install('core-1', 'before');
      await fleet.untilLed('orders', 'core-2');
      await eventually(
        async () => fleet.shop.said.slice(said).filter((line) => /^core-1 .*stands aside/.test(line)),
        (lines) => lines.some((line) => /OrderConfirmed version 2; this release knows up to 1/.test(line)),
        WITHIN_MS,
      );
      const port = fleet.shop.rows().find(({ name }) => name === 'core-1')?.port;
      const door = { ...fleet.shop, url: `http://127.0.0.1:${port}` };
      const { body } = await call(door, 'GET', '/readyz');
      const orders = body.parts?.find(({ part }: { part: string }) => part === 'orders');
      assert.match(String(orders?.why), /^Stands aside\. .*ThanksPromised version 1/, JSON.stringify(body));
      // The new release, second in turn, is not asked to give way to it.
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      assert.equal(fleet.leaderOf('orders'), 'core-2');
      await eventually(() => sells(fleet.shop), Boolean, WITHIN_MS);
      // What the old release, which leads the stock, could not read of its neighbour waits in its hospital for one that does.
      await roll('core-1', 'writes', 'core-1');
    });

    it('and nothing acknowledged was lost, nothing sold twice, nothing is held for ever', async () => {
      await shoppers.leave();
      everything.push(...shoppers.purchases);
      assert.deepEqual(shoppers.surprises, []);
      await assertNothingLost(fleet.shop, everything);
      await assertStockWhole(fleet.shop, everything, PIECES);
      await assertLedgerBalances(fleet.shop);
      const { items } = await eventually(
        () => admin(fleet.shop, 'GET', '/v1/admin/hospital?status=open'),
        (found) => found.items.length === 0,
        WITHIN_MS,
      );
      assert.deepEqual(items, []);
      await fleet.shop.verify();
    });
  });
}
