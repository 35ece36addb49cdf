import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from '../house.ts';
import { ordersOf, shopper } from '../shopper.ts';
import { visit } from '../visit.ts';

const DOWN_MS = 10_000;

/** The shop dies in the middle of a checkout. Nobody else may be in it meanwhile. */
export function outageTests(house: () => House): void {
  it('a shop that is killed in mid-checkout and is back after ten seconds has sold once; the page waits and goes on', async () => {
    await visit(house(), { expectsFailures: true }, async ({ page, context }) => {
      const me = shopper(page, 'en');
      await me.add('moon-jar-mug');
      await me.toCheckout();
      await me.fillIn('tok_slow');
      const asked = page.waitForRequest((request) => request.url().endsWith('/web/v1/checkout'));
      await me.payButton.click();
      await asked;
      await house().shop.kill();
      const back = pause(DOWN_MS).then(() => house().shop.open());
      await page.getByText(me.words.checkout.waitingTitle).waitFor();
      await back;
      const orderId = await me.atOrder();
      await me.orderIs('delivered');
      // The list may be a moment behind the order's own page.
      assert.deepEqual(
        (await ordersOf(house(), context)).map((order) => order.orderId),
        [orderId],
      );
    });
  });

  it('every invariant holds after all that', async () => {
    assert.deepEqual(await house().shop.verify(), []);
  });
}
