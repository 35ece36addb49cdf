import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { House } from '../house.ts';
import { WORDS } from '../shopper.ts';
import { DESKTOP, type Language, PHONE, visit } from '../visit.ts';

const LANGUAGES: readonly Language[] = ['en', 'ko'];
const MUG: Readonly<Record<Language, { readonly title: string; readonly price: RegExp }>> = {
  en: { title: 'Moon jar mug', price: /\$29\.00/ },
  ko: { title: '달항아리 머그컵', price: /₩32,000|32,000원/ },
};
const TABLEWARE: Readonly<Record<Language, string>> = { en: 'Tableware', ko: '식기' };

/** Looking around: with nothing but HTML, and in the language that was asked for. */
export function browsingTests(house: () => House): void {
  for (const language of LANGUAGES) {
    it(`without JavaScript, products, prices and links are there (${language})`, async () => {
      await visit(house(), { language, javaScript: false, size: PHONE }, async ({ page }) => {
        const { title, price } = MUG[language];
        await page.goto(`/${language}/`);
        await page.getByRole('main').getByRole('link', { name: TABLEWARE[language] }).first().click();
        await page.getByRole('heading', { level: 1, name: TABLEWARE[language] }).waitFor();
        await page.getByRole('main').getByText(price).first().waitFor();
        await page.getByRole('main').getByRole('link', { name: title }).first().click();
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        await page.getByRole('main').getByText(price).first().waitFor();
        const picture = page.getByRole('main').getByRole('img', { name: title }).first();
        assert.ok(await picture.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth !== 0));
        await page.getByRole('searchbox').first().fill(title);
        await page.getByRole('searchbox').first().press('Enter');
        await page.waitForURL(`**/${language}/search?q=*`);
        await page.getByRole('main').getByRole('link', { name: title }).first().waitFor();
      });
    });
  }

  it('every link of the front page, a category and a product leads somewhere', async () => {
    await visit(house(), { javaScript: false, size: DESKTOP }, async ({ page }) => {
      const links = new Set<string>();
      for (const path of ['/en/', '/en/c/tableware', '/en/p/moon-jar-mug', '/ko/']) {
        await page.goto(path);
        const found = await page.getByRole('link').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
        for (const href of found) if (href !== null && !href.startsWith('#')) links.add(new URL(href, page.url()).href);
      }
      assert.ok(links.size > 20, `${links.size} links were found`);
      const dead = await Promise.all(
        [...links].map(async (link) => ((await fetch(link)).ok ? undefined : link.replace(house().url, ''))),
      );
      assert.deepEqual(
        dead.filter((link) => link !== undefined),
        [],
      );
    });
  });

  it('the language is the browser’s, until the shopper chooses the other, on the same page', async () => {
    await visit(house(), { language: 'ko' }, async ({ page }) => {
      await page.goto('/');
      await page.waitForURL('**/ko/');
      await page.goto('/ko/p/moon-jar-mug');
      await page.getByRole('banner').getByRole('link', { name: WORDS.ko.shell.otherLanguage }).first().click();
      await page.waitForURL('**/en/p/moon-jar-mug');
      await page.getByRole('heading', { level: 1, name: MUG.en.title }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      await page.goto('/');
      await page.waitForURL('**/en/');
    });
  });
}
