import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { rejected } from '../../src/kernel/outcome.ts';
import { systemClock } from '../../src/platform/clock/system.ts';
import { type TestDatabase, testDatabase } from '../../src/platform/postgres/test-database.ts';
import { memoryStorage } from '../../src/platform/storage/memory.ts';
import { openShop } from './crash-cases.ts';
import { openSagaShop, purchaseSteps, sagaStorageCollections } from './payment-and-order.saga.ts';
import { buyByTwoPhase, openAccount, type Purchase } from './payment-and-order.ts';
import { openPlaces, type Places } from './places.ts';

const refusal = { code: 'order_refused', detail: 'The order is refused.' };

describe('payment and order in two databases', () => {
  let databases: TestDatabase[];
  let places: Places;
  before(async () => {
    databases = await Promise.all([testDatabase(18), testDatabase(18), testDatabase(18), testDatabase(18)]);
    const [payments = '', orders = '', queue = '', log = ''] = databases.map(({ url }) => url);
    places = await openPlaces({ payments, orders, queue, log });
    await openAccount(places, 'buyer', 100);
  });
  after(async () => {
    await places?.close();
    await Promise.all(databases.map((database) => database.drop()));
  });
  const balance = async () => Number((await places.accounts.query('SELECT balance FROM accounts')).rows[0].balance);
  const purchase = (id: string, amount = 10): Purchase => ({ id, account: 'buyer', amount });

  it('two-phase: both or neither, and nobody sees a part', async () => {
    const coordinator = await openShop(places);
    assert.equal((await buyByTwoPhase(coordinator, places, purchase('a'))).kind, 'done');
    assert.deepEqual(await places.traces('a'), [true, true, true]);
    assert.equal((await buyByTwoPhase(coordinator, places, purchase('b', 1_000))).kind, 'rejected');
    // The second order of one purchase breaks a key in one database; what was done in the other goes with it.
    await assert.rejects(buyByTwoPhase(coordinator, places, purchase('a')), /duplicate key/);
    assert.deepEqual(await places.traces('b'), [false, false, false]);
    assert.equal(await balance(), 90);
    let seen: readonly boolean[] = [];
    const watching = await openShop({
      ...places,
      log: {
        ...places.log,
        async record(epoch, decision) {
          seen = await places.traces('c');
          return places.log.record(epoch, decision);
        },
      },
    });
    assert.equal((await buyByTwoPhase(watching, places, purchase('c'))).kind, 'done');
    assert.deepEqual(seen, [false, false, false]);
    await coordinator.close();
    await watching.close();
  });

  it('saga: both or neither in the end, and others see the middle', async () => {
    const storage = memoryStorage({ name: 'shop', clock: systemClock, collections: sagaStorageCollections });
    const steps = purchaseSteps(places);
    let seen: readonly boolean[] = [];
    const shop = await openSagaShop(storage, {
      ...steps,
      async 'orders.place'(asked) {
        seen = await places.traces(asked.id);
        return asked.id === 'refused' ? rejected(refusal) : (steps['orders.place']?.(asked) ?? rejected(refusal));
      },
    });
    const before = await balance();
    assert.equal(await shop.buy(purchase('d')), 'completed');
    assert.deepEqual(await places.traces('d'), [true, true, true]);
    assert.deepEqual(seen, [true, false, false], 'the payment is there before the order is');
    assert.equal(await shop.buy(purchase('refused')), 'failed');
    assert.deepEqual(await places.traces('refused'), [false, false, false]);
    assert.equal(await balance(), before - 10);
    await shop.close();
  });
});
