import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { DESKTOP, PHONE } from './visit.ts';

/** Rules that judge what the colour scheme changes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Fails when axe-core finds anything on the page as it stands, or when it is wider than the screen. */
export async function assertAccessible(page: Page, where: string, rules?: readonly string[]): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (only) => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const options = only === undefined ? {} : { runOnly: [...only] };
    const found = await inPage.run({ ...options, resultTypes: ['violations'] });
    return found.violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`,
    );
  }, rules);
  assert.deepEqual(violations, [], `axe-core on ${where}`);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  assert.equal(overflow, 0, `${where} is wider than the screen by ${overflow} px`);
}

/** The same at a phone's and a desktop's width, light and dark. Leaves the page light, at the width it had. */
export async function assertAccessibleInEveryLayout(page: Page, where: string): Promise<void> {
  const before = page.viewportSize() ?? DESKTOP;
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    await assertAccessible(page, `${where}, ${size.width} px, light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await assertAccessible(page, `${where}, ${size.width} px, dark`, COLOURS);
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize(before);
}
