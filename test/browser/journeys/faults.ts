import assert from 'node:assert/strict';
import { it } from 'node:test';
import { heldScripts } from '../held-scripts.ts';
import type { House } from '../house.ts';
import { admin, around, ordersOf, putProduct, shopper } from '../shopper.ts';
import { PHONE, visit } from '../visit.ts';

/** What can go wrong on the way to an order: the page says it in plain words, and nothing is lost or bought twice. */
export function faultTests(house: () => House): void {
  it('a double click on Pay buys once', async () => {
    await visit(house(), {}, async ({ page, context }) => {
      const me = shopper(page, 'en');
      await me.add('celadon-bowl');
      await me.toCheckout();
      await me.fillIn('tok_slow');
      await me.payButton.dblclick();
      const orderId = await me.atOrder();
      assert.deepEqual(
        (await ordersOf(house(), context)).map((order) => order.orderId),
        [orderId],
      );
    });
  });

  it('what is chosen and typed while the scripts are still on their way is what is bought', async () => {
    await visit(house(), {}, async ({ page, context }) => {
      const me = shopper(page, 'en');
      const scripts = await heldScripts(page);
      await page.goto('/en/p/celadon-bowl', { waitUntil: 'commit' });
      await page.getByRole('radio', { name: 'Large' }).check();
      await page.getByRole('searchbox', { name: me.words.shell.searchLabel }).fill('moon');
      scripts.arrive();
      await page.getByRole('combobox', { name: me.words.shell.searchLabel }).waitFor();
      assert.equal(await page.getByRole('combobox', { name: me.words.shell.searchLabel }).inputValue(), 'moon');
      await page.getByRole('button', { name: me.words.product.addToCart }).click();
      await me.drawer.getByRole('link', { name: me.words.cart.checkout }).waitFor();

      scripts.hold();
      await page.goto('/en/checkout', { waitUntil: 'commit' });
      await page.getByText('Large', { exact: true }).waitFor();
      await page.getByLabel(me.words.checkout.email).fill('early@example.com');
      await page.getByRole('radio', { name: me.words.checkout.cards.tok_slow.name }).check();
      scripts.arrive();
      await page.locator('form[novalidate]').waitFor();
      await page.getByLabel(me.words.checkout.name, { exact: true }).fill('Sun Kim');
      assert.equal(await page.getByLabel(me.words.checkout.email).inputValue(), 'early@example.com');
      assert.ok(await page.getByRole('radio', { name: me.words.checkout.cards.tok_slow.name }).isChecked());
      await me.fillIn();
      const orderId = await me.pay();
      assert.deepEqual(
        (await ordersOf(house(), context)).map((order) => order.orderId),
        [orderId],
      );
    });
  });

  it('the back button after paying says that it is bought, and offers nothing to pay', async () => {
    await visit(house(), { language: 'ko', size: PHONE }, async ({ page, context }) => {
      const me = shopper(page, 'ko');
      await me.add('celadon-bowl');
      await me.toCheckout();
      await me.fillIn();
      const orderId = await me.pay();
      await page.goBack();
      await page.getByText(me.words.checkout.boughtTitle).waitFor();
      assert.equal(await me.payButton.count(), 0);
      await page.getByRole('link', { name: me.words.cart.toOrder }).click();
      assert.equal(await me.atOrder(), orderId);
      assert.equal((await ordersOf(house(), context)).length, 1);
    });
  });

  it('two tabs share a cart: one tells of the other, both pay at once, and both come to the one order', async () => {
    await visit(house(), { expectsFailures: true }, async ({ page, context }) => {
      const me = shopper(page, 'en');
      await me.add('celadon-bowl');
      await me.toCheckout();
      await me.fillIn('tok_slow');
      const other = shopper(await context.newPage(), 'en');
      await other.add('moon-jar-mug');
      await page.getByText(me.words.checkout.otherTab).waitFor();
      await page.getByText('Moon jar mug').first().waitFor();
      await other.toCheckout();
      await other.fillIn('tok_slow');
      await Promise.all([me.payButton.click(), other.payButton.click()]);
      const [first, second] = await Promise.all([me.atOrder(), other.atOrder()]);
      assert.equal(first, second);
      assert.deepEqual(
        (await ordersOf(house(), context)).map((order) => order.orderId),
        [first],
      );
    });
  });

  it('a price that changed while in the cart is told before anything is paid', async () => {
    const sku = await putProduct(house(), 'dear-journey', 50, 20);
    await visit(house(), { expectsFailures: true }, async ({ page, context }) => {
      const me = shopper(page, 'en');
      await me.add('dear-journey');
      await me.toCheckout();
      await me.fillIn();
      await admin(house(), `/v1/admin/skus/${sku}/prices/USD`, 'PUT', { amount: 4_321 });
      await me.payButton.click();
      await me.refusal('price_changed').waitFor();
      assert.deepEqual(await ordersThatStand(house(), context), []);
      await page.getByText(around((price) => me.words.cart.priceRose('$20.00', price))).waitFor();
      const orderId = await me.pay();
      await page.getByText('$43.21').first().waitFor();
      assert.deepEqual(await ordersThatStand(house(), context), [orderId]);
    });
  });

  it('what sold out at payment is marked, and the rest can be bought', async () => {
    const sku = await putProduct(house(), 'scarce-journey', 5);
    await visit(house(), { expectsFailures: true }, async ({ page, context }) => {
      const me = shopper(page, 'en');
      await me.add('moon-jar-mug');
      await me.add('scarce-journey');
      await me.toCheckout();
      await me.fillIn();
      await admin(house(), `/v1/admin/stock/${sku}`, 'PUT', { onHand: 0 });
      await me.payButton.click();
      await me.refusal('out_of_stock').waitFor();
      assert.deepEqual(await ordersThatStand(house(), context), []);
      await page.getByRole('button', { name: me.words.cart.removeOne('Journey scarce-journey') }).click();
      await page.getByText('Journey scarce-journey').waitFor({ state: 'detached' });
      const orderId = await me.pay();
      await me.orderIs('delivered');
      assert.deepEqual(await ordersThatStand(house(), context), [orderId]);
    });
  });

  it('a lost session keeps what was typed and puts the cart back', async () => {
    await visit(house(), { language: 'ko', expectsFailures: true }, async ({ page, context }) => {
      const me = shopper(page, 'ko');
      await me.add('celadon-bowl');
      await me.toCheckout();
      await me.fillIn();
      await context.clearCookies();
      await me.payButton.click();
      await me.refusal('session').waitFor();
      await page.getByRole('button', { name: me.words.checkout.putBack }).click();
      await me.refusal('session').waitFor({ state: 'detached' });
      assert.equal(await page.getByLabel(me.words.checkout.email).inputValue(), 'sun@example.com');
      const orderId = await me.pay();
      assert.deepEqual(await ordersThatStand(house(), context), [orderId]);
    });
  });

  it('what is missing is said at its field, and a declined card beside the cards; another card buys once', async () => {
    await visit(house(), { expectsFailures: true }, async ({ page, context }) => {
      const me = shopper(page, 'en');
      await me.add('celadon-bowl');
      await me.toCheckout();
      await me.payButton.click();
      const email = page.getByLabel(me.words.checkout.email);
      await page.getByText(me.words.checkout.fields.email).waitFor();
      assert.equal(await email.getAttribute('aria-invalid'), 'true');
      assert.ok(
        await email.evaluate((field) => field === field.ownerDocument.activeElement),
        'the first has the focus',
      );
      await me.fillIn('tok_declined');
      await me.payButton.click();
      await me.refusal('card_declined').waitFor();
      assert.deepEqual(await ordersThatStand(house(), context), []);
      await page.getByRole('radio', { name: me.words.checkout.cards.tok_lost.name }).check();
      const orderId = await me.pay();
      await me.orderIs('delivered');
      assert.deepEqual(await ordersThatStand(house(), context), [orderId]);
    });
  });
}

/** The ids of a shopper's orders that were not called off. */
async function ordersThatStand(...who: Parameters<typeof ordersOf>): Promise<readonly string[]> {
  return (await ordersOf(...who)).filter(({ status }) => status !== 'cancelled').map(({ orderId }) => orderId);
}
