import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { House } from '../house.ts';
import { hasFocus, tabTo, typeInto } from '../keyboard.ts';
import { ordersOf, shopper } from '../shopper.ts';
import { DESKTOP, type Language, PHONE, visit } from '../visit.ts';

const PEOPLE: readonly { readonly language: Language; readonly size: typeof PHONE; readonly dark: boolean }[] = [
  { language: 'en', size: PHONE, dark: false },
  { language: 'en', size: DESKTOP, dark: true },
  { language: 'ko', size: PHONE, dark: true },
  { language: 'ko', size: DESKTOP, dark: false },
];
const TABLEWARE: Readonly<Record<Language, string>> = { en: 'Tableware', ko: '식기' };
const MUG: Readonly<Record<Language, string>> = { en: 'Moon jar mug', ko: '달항아리 머그컵' };
const TYPED = [
  ['name', 'Sun Kim'],
  ['line1', '1 Market Street'],
  ['city', 'London'],
  ['postalCode', 'N1 7AA'],
] as const;

/** From the front page to a parcel that has arrived. */
export function buyingTests(house: () => House): void {
  for (const { language, size, dark } of PEOPLE) {
    it(`a shopper buys in ${language} at ${size.width} px and sees the order arrive`, async () => {
      await visit(house(), { language, size, dark }, async ({ page, context }) => {
        const me = shopper(page, language);
        const { words } = me;
        await page.goto('/');
        await page.waitForURL(`**/${language}/`);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        await page.getByRole('main').getByRole('link', { name: TABLEWARE[language] }).first().click();
        await page.getByRole('main').getByRole('link', { name: MUG[language] }).first().click();
        await page.getByRole('heading', { level: 1, name: MUG[language] }).waitFor();
        await page.getByRole('button', { name: words.product.addToCart }).click();
        await me.drawer.getByText(MUG[language]).first().waitFor();
        await me.drawer.getByRole('button', { name: words.cart.more(MUG[language]) }).click();
        await me.toCheckout();
        await me.fillIn();
        const orderId = await me.pay();
        await me.orderIs('delivered');
        assert.deepEqual(
          (await ordersOf(house(), context)).map((order) => order.orderId),
          [orderId],
        );
        await page.getByRole('link', { name: words.orders.all }).click();
        const listed = page.getByRole('listitem').filter({ hasText: words.orders.statuses.delivered });
        await listed.getByRole('link').click();
        assert.equal(await me.atOrder(), orderId);
      });
    });
  }

  it('a shopper buys with the keyboard alone', async () => {
    await visit(house(), {}, async ({ page, context }) => {
      const me = shopper(page, 'en');
      const { words, drawer, payButton } = me;
      const press = (key: string) => page.keyboard.press(key);
      const inMain = (name: string) => page.getByRole('main').getByRole('link', { name }).first();
      await page.goto('/en/');
      await press('Tab');
      assert.ok(await hasFocus(page.getByRole('link', { name: words.shell.skip })), 'the first stop skips the header');
      await press('Enter');
      await tabTo(page, inMain(TABLEWARE.en));
      await press('Enter');
      await page.getByRole('heading', { level: 1, name: TABLEWARE.en }).waitFor();
      await tabTo(page, inMain(MUG.en));
      await press('Enter');
      await page.getByRole('heading', { level: 1, name: MUG.en }).waitFor();
      const add = page.getByRole('button', { name: words.product.addToCart });
      await tabTo(page, add);
      await press('Enter');
      const checkout = drawer.getByRole('link', { name: words.cart.checkout });
      await checkout.waitFor();
      await press('Escape');
      await drawer.waitFor({ state: 'hidden' });
      assert.ok(await hasFocus(add), 'the focus is back where it was');
      await press('Enter');
      await checkout.waitFor();
      await tabTo(page, checkout);
      await press('Enter');
      await payButton.waitFor();
      await typeInto(page, words.checkout.email, 'sun@example.com');
      const country = page.getByLabel(words.checkout.country);
      for (const [field, text] of TYPED) await typeInto(page, words.checkout[field], text);
      await tabTo(page, country);
      await page.keyboard.type('United K');
      await tabTo(page, page.getByRole('radio', { name: words.checkout.cards.tok_visa.name }));
      await tabTo(page, payButton);
      await press('Enter');
      const orderId = await me.atOrder();
      await me.orderIs('delivered');
      assert.deepEqual(
        (await ordersOf(house(), context)).map((order) => order.orderId),
        [orderId],
      );
    });
  });
}
