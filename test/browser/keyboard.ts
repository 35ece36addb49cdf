import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

const MOST_TABS = 150;

/** Tabs on until something has the focus, and shows it. Fails when Tab does not lead there. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await hasFocus(wanted)) {
      assert.ok(await wanted.evaluate((element) => element.matches(':focus-visible')), `${wanted} shows its focus`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to ${wanted}`);
}

/** Tabs to the field of that label and types into it. */
export async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(text);
}

export function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((element) => element === element.ownerDocument.activeElement);
}
