import { it } from 'node:test';
import { assertAccessible, assertAccessibleInBothLayouts } from '../accessible.ts';
import type { House } from '../house.ts';
import { consoleTour, storefrontTour } from '../tour.ts';
import { PHONE, visit } from '../visit.ts';

/** axe-core on every page, as it stands at each stop. */
export function accessibilityTests(house: () => House): void {
  it('axe-core finds nothing in the storefront, on a light phone and a dark desktop', async () => {
    await visit(house(), { expectsFailures: true }, async ({ page }) => {
      for (const { name, arrive } of storefrontTour('en')) {
        await arrive(page);
        await assertAccessibleInBothLayouts(page, name);
      }
    });
  });

  it('nor in Korean', async () => {
    await visit(house(), { language: 'ko', size: PHONE, expectsFailures: true }, async ({ page }) => {
      for (const { name, arrive } of storefrontTour('ko')) {
        await arrive(page);
        await assertAccessible(page, name);
      }
    });
  });

  it('nor in the console, on a light phone and a dark desktop', async () => {
    await visit(house(), { expectsFailures: true }, async ({ page }) => {
      for (const { name, arrive } of consoleTour(house())) {
        await arrive(page);
        await assertAccessibleInBothLayouts(page, name);
      }
    });
  });
}
