import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { DESKTOP, PHONE } from './visit.ts';

/** Fails when axe-core finds anything on the page as it stands, or when it is wider than the screen. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    const found = await inPage.run({ resultTypes: ['violations'] });
    return found.violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`,
    );
  });
  assert.deepEqual(violations, [], `axe-core on ${where}`);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  assert.equal(overflow, 0, `${where} is wider than the screen by ${overflow} px`);
}

/** The same on a light phone and a dark desktop. Leaves the page as it was. */
export async function assertAccessibleInBothLayouts(page: Page, where: string): Promise<void> {
  const before = page.viewportSize() ?? DESKTOP;
  for (const { size, colorScheme } of LAYOUTS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page, `${where}, ${size.width} px, ${colorScheme}`);
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}

const LAYOUTS = [
  { size: PHONE, colorScheme: 'light' },
  { size: DESKTOP, colorScheme: 'dark' },
] as const;
