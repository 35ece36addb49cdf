import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from '../accessible.ts';
import type { House } from '../house.ts';
import { WORDS } from '../shopper.ts';
import { PHONE, visit } from '../visit.ts';

/** Finding one's way: suggestions while one types, filters and sorting, variants. */
export function lookingTests(house: () => House): void {
  it('suggestions come while one types, and the arrow keys, Escape and Enter go through them', async () => {
    await visit(house(), {}, async ({ page }) => {
      await page.goto('/en/');
      const field = page.getByRole('combobox', { name: WORDS.en.shell.searchLabel });
      await field.pressSequentially('tea');
      const options = page.getByRole('listbox').getByRole('option');
      // Those of the whole word: what is shown for its beginning goes as they come.
      await options.and(page.locator('[href$="q=tea"]')).waitFor();
      const count = await options.count();
      await page.getByRole('status').getByText(WORDS.en.browse.suggestionCount(count)).waitFor();
      await assertAccessible(page, 'suggestions');
      await field.press('ArrowUp');
      assert.equal(await options.nth(count - 1).getAttribute('aria-selected'), 'true');
      await field.press('ArrowDown');
      assert.equal(await field.getAttribute('aria-activedescendant'), null, 'back in the field');
      await field.press('Escape');
      assert.equal(await field.getAttribute('aria-expanded'), 'false');
      assert.equal(await field.inputValue(), 'tea');
      await field.press('ArrowDown');
      const wanted = new URL((await options.first().getAttribute('href')) ?? '', page.url()).href;
      await field.press('Enter');
      await page.waitForURL(wanted);
    });
  });

  it('a Hangul syllable that is being put together already finds, and the Enter that ends it submits nothing', async () => {
    await visit(house(), { language: 'ko', size: PHONE }, async ({ page, context }) => {
      await page.goto('/ko/');
      const field = page.getByRole('combobox', { name: WORDS.ko.shell.searchLabel });
      await field.focus();
      const keys = await context.newCDPSession(page);
      for (const text of ['ㅁ', '머', '먹'])
        await keys.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
      await page.getByRole('option', { name: '달항아리 머그컵' }).waitFor();
      await field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true });
      await field.evaluate((input) => (input as unknown as { form: { requestSubmit(): void } }).form.requestSubmit());
      assert.equal(new URL(page.url()).pathname, '/ko/');
      await keys.send('Input.insertText', { text: '머그' });
      await field.press('Enter');
      await page.getByRole('heading', { level: 1, name: WORDS.ko.browse.resultsFor('머그') }).waitFor();
    });
  });

  it('filters and sorting are an address that can be shared, and are given up one by one', async () => {
    await visit(house(), {}, async ({ page }) => {
      const { browse, options } = WORDS.en;
      await page.goto('/en/c/clothing');
      const before = await cards(page).count();
      await page.getByRole('checkbox', { name: options.value('navy') }).check();
      await page.waitForURL('**/en/c/clothing?*option=colour%3Anavy*');
      await page.getByRole('link', { name: browse.remove(options.value('navy')) }).waitFor();
      assert.ok((await cards(page).count()) < before);
      await page.getByLabel(browse.sort).selectOption('price_desc');
      await page.waitForURL('**sort=price_desc*');
      await page.getByRole('link', { name: browse.remove(options.value('navy')) }).click();
      await page.waitForURL((url) => !url.search.includes('option'));
      await page.getByText(browse.productCount(before)).waitFor();
    });
  });

  it('on a phone the filters are a sheet, also without scripts', async () => {
    for (const javaScript of [true, false])
      await visit(house(), { javaScript, size: PHONE }, async ({ page }) => {
        const { browse } = WORDS.en;
        await page.goto('/en/c/tableware');
        const choice = page.getByRole('radio', { name: 'Maru Home' });
        assert.equal(await choice.isVisible(), false);
        await page.getByRole('button', { name: browse.filters, exact: true }).click();
        await choice.check();
        if (javaScript) await assertAccessible(page, 'filters on a phone');
        await page.getByRole('button', { name: browse.apply }).filter({ visible: true }).first().click();
        await page.waitForURL('**seller=maru-home*');
        await page.getByRole('link', { name: browse.remove('Maru Home') }).waitFor();
      });
  });

  it('a variant is chosen by the arrow keys; what is sold out says so and cannot be bought', async () => {
    await visit(house(), {}, async ({ page }) => {
      const { product } = WORDS.en;
      await page.goto('/en/p/glass-tumbler');
      const [clear, smoke] = [/^Clear/, /^Smoke/].map((name) => page.getByRole('radio', { name }));
      assert.ok(clear !== undefined && smoke !== undefined && (await clear.isChecked()));
      await clear.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.ok(await smoke.isChecked());
      assert.ok(await page.getByRole('button', { name: product.out_of_stock }).isDisabled());
      await assertAccessible(page, 'a variant that is sold out');
      await page.keyboard.press('ArrowLeft');
      assert.ok(await page.getByRole('button', { name: product.addToCart }).isEnabled());
    });
  });

  it('without scripts every variant of a product with two options is a choice of one list', async () => {
    await visit(house(), { javaScript: false }, async ({ page }) => {
      await page.goto('/en/p/linen-shirt');
      await page.getByRole('radio', { name: /M · Sand/ }).check();
      await page.getByRole('button', { name: WORDS.en.product.addToCart }).click();
      await page.waitForURL('**/en/cart');
      await page
        .getByRole('main')
        .getByText(/M · sand/i)
        .first()
        .waitFor();
    });
  });
}

function cards(page: Page) {
  return page.getByRole('main').getByRole('article');
}
