import assert from 'node:assert/strict';
import { it } from 'node:test';
import { orders } from '../../contracts/orders.ts';
import { unknown } from '../../kernel/outcome.ts';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { faultsOf, type Life } from '../../platform/sagas/faults-harness.ts';
import { faultyShop } from '../faulty-shop-harness.ts';
import { request } from './orders-harness.ts';

const SECOND = 1_000;
const RIVAL = { orderId: 'ord_0000000000000000000000000000000b', cartId: 'crt-2', shopperId: 'shp-2' };

it('a checkout that a crash has interrupted is not confirmed once its stock may have gone to somebody else', async () => {
  const clock = virtualClock();
  const shop = faultyShop(clock, { act: async () => undefined });
  const nothing = { plan: [], rejections: {}, veryLateMs: 0, longDeadMs: 0, revive: async () => undefined };
  let payments = (_: () => unknown): unknown => new Promise(() => undefined);
  /** A life of the shop in which payments are out of reach at first. */
  const begin = async () => {
    const faults = faultsOf({ clock, ...nothing });
    const life = faults.newLife('shop');
    const served: Life['served'] = (service, handlers) => {
      if (service !== 'payments') return handlers;
      const silently = Object.entries(handlers).map(([name, handler]) => [
        name,
        (...asked: unknown[]) => payments(() => handler(...asked)),
      ]);
      return Object.fromEntries(silently);
    };
    await clock.runUntil(shop.start({ ...life, served }));
    return faults;
  };
  const first = await begin();
  await clock.runUntil((shop.prepare ?? assert.fail)());
  await clock.runUntil(shop.place());
  // It dies before it hears that payments are out of reach.
  await clock.advance(1);
  first.end();
  // The stock is held for 25 seconds; the process comes back shortly before, and payments answer shortly afterwards.
  await clock.advance(24 * SECOND);
  payments = async () => unknown('unreachable');
  const second = await begin();
  await clock.advance(1_200);
  const asking = shop.current().calls.client(orders);
  const rival = await clock.runUntil(asking.place(request(RIVAL)));
  assert.equal(rival.kind, 'done');
  await clock.advance(100);
  payments = (handle) => handle();
  await clock.advance(60 * SECOND);
  const theirs = asking.outcome({ orderId: RIVAL.orderId });
  const [mine, other] = await clock.runUntil(Promise.all([shop.standing(), theirs]));
  assert.equal(mine?.status, 'cancelled');
  assert.equal(other.kind === 'done' && other.answer.status, 'confirmed');
  second.end();
});
