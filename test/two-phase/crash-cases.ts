import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { systemClock, systemRandom } from '../../src/platform/clock/system.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import { openCoordinator } from '../../src/platform/two-phase/coordinator.ts';
import type { Coordinator } from '../../src/platform/two-phase/port.ts';
import { openAccount } from './payment-and-order.ts';
import { openPlaces, type Places, type PlaceUrls } from './places.ts';

/** The steps of the protocol at which a coordinator dies, and what must have become of the purchase afterwards. */
export const CRASH_POINTS = {
  'before the promises': 'nowhere',
  'between the promises': 'nowhere',
  'before the decision': 'nowhere',
  'after the decision': 'everywhere',
  'between the commits': 'everywhere',
  'before forgetting': 'everywhere',
} as const;
export type CrashPoint = keyof typeof CRASH_POINTS;

const START_BALANCE = 1_000;
const LOCK_TIMEOUT = '55P03';

export function openShop(places: Places): Promise<Coordinator> {
  return openCoordinator({
    log: places.log,
    resources: [places.payments, places.orders, places.queue],
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    recoverEveryMs: 200,
  });
}

/** Kills a coordinator's process at every step; the next one must leave all or nothing, and no lock. */
export function crashCases(urlsOf: () => PlaceUrls): void {
  let places: Places;
  before(async () => {
    places = await openPlaces(urlsOf());
    await openAccount(places, 'buyer', START_BALANCE);
  });
  after(() => places?.close());

  const balance = async () =>
    Number((await places.accounts.query("SELECT balance FROM accounts WHERE id = 'buyer'")).rows[0].balance);

  /** Whether somebody else may change the buyer's account. */
  async function isLocked(): Promise<boolean> {
    const client = await places.accounts.connect();
    try {
      await client.query("BEGIN; SET LOCAL lock_timeout = '50ms'");
      await client.query("UPDATE accounts SET balance = balance WHERE id = 'buyer'");
      return false;
    } catch (error) {
      assert.equal((error as { code?: string }).code, LOCK_TIMEOUT);
      return true;
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  for (const [point, expected] of Object.entries(CRASH_POINTS))
    it(`killed ${point}, a coordinator leaves a purchase ${expected} when the next one has started`, async () => {
      const purchase = `killed ${point}`;
      const balanceBefore = await balance();
      await killedAt(urlsOf(), point as CrashPoint, purchase);
      if (point === 'before the decision') assert.equal(await isLocked(), true, 'what is in doubt is locked');
      const coordinator = await openShop(places);
      await settled(coordinator);
      const isThere = expected === 'everywhere';
      assert.deepEqual(await places.traces(purchase), [isThere, isThere, isThere]);
      assert.equal(await balance(), balanceBefore - (isThere ? 10 : 0));
      assert.equal(await isLocked(), false);
      assert.deepEqual((await places.log.open()).decisions, []);
      for (const resource of [places.payments, places.orders, places.queue]) {
        assert.deepEqual(await resource.recover('shop'), []);
        assert.deepEqual(await resource.remembered('shop'), [], 'what is finished is forgotten');
      }
      await coordinator.close();
    });
}

/** A process that buys, killed with SIGKILL at the point. */
async function killedAt(urls: PlaceUrls, point: CrashPoint, purchase: string): Promise<void> {
  const program = join(import.meta.dirname, 'crash-program.ts');
  const child = spawn(process.execPath, [program, JSON.stringify({ urls, point, purchase })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('reached')) child.kill('SIGKILL');
  }
  assert.deepEqual(await closed, [null, 'SIGKILL'], `it never came to the point "${point}"`);
}

/** Waits until nothing is in doubt. */
export async function settled(coordinator: Coordinator, mostMs = 20_000): Promise<void> {
  const deadline = performance.now() + mostMs;
  for (;;) {
    await coordinator.recover();
    if (coordinator.inDoubt().length === 0) return;
    assert.ok(performance.now() < deadline, `still in doubt: ${JSON.stringify(coordinator.inDoubt())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
