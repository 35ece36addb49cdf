import assert from 'node:assert/strict';
import { openShop, settled } from './crash-cases.ts';
import { buyByTwoPhase, openAccount } from './payment-and-order.ts';
import { openPlaces, type PlaceUrls } from './places.ts';

/**
 * Two purchases have promised everywhere when the server of one resource is killed and started again: the one that is decided then
 * ends up everywhere, the one whose coordinator never decides ends up nowhere.
 */
export async function survivesKilledServer(urls: PlaceUrls, killAndStart: () => Promise<void>): Promise<void> {
  const places = await openPlaces(urls);
  try {
    for (const account of ['first', 'second']) await openAccount(places, account, 100);
    let promised = 0;
    let goOn = () => {};
    const restarted = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const never = new Promise<'recorded'>(() => {});
    let first = '';
    const coordinator = await openShop({
      ...places,
      log: {
        ...places.log,
        async record(epoch, decision) {
          promised++;
          if (first !== '' && decision.transaction !== first) return never;
          first = decision.transaction;
          await restarted;
          return places.log.record(epoch, decision);
        },
      },
    });
    const decided = buyByTwoPhase(coordinator, places, { id: 'decided', account: 'first', amount: 10 });
    while (promised < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    void buyByTwoPhase(coordinator, places, { id: 'undecided', account: 'second', amount: 10 }).catch(() => undefined);
    while (promised < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await killAndStart();
    goOn();
    assert.equal((await decided).kind, 'done');
    await settled(coordinator);
    assert.deepEqual(await places.traces('decided'), [true, true, true]);
    assert.deepEqual(await places.traces('undecided'), [false, false, false]);
    const next = await openShop(places);
    await settled(next);
    assert.deepEqual(await places.traces('decided'), [true, true, true]);
    assert.deepEqual(await places.traces('undecided'), [false, false, false]);
    for (const resource of [places.payments, places.orders, places.queue])
      assert.deepEqual(await resource.recover('shop'), [], 'nothing is left in doubt, nothing is locked');
    await next.close();
  } finally {
    await places.close();
  }
}
