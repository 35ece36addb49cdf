import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openHouse } from './house.ts';
import { orderWithMisdirectedParcel } from './misdirected.ts';
import { consoleTour, type Stop, storefrontTour } from './tour.ts';
import { DESKTOP, type Language, PHONE, visit } from './visit.ts';

/**
 * `npm run screenshots [name …]`: pictures of every page, or of those named, at both widths, in both languages, light, and some
 * dark, of a shop of its own, into the git-ignored `screenshots/`.
 */
const FOLDER = join(import.meta.dirname, '..', '..', 'screenshots');
const DARK = new Set(['home', 'product', 'checkout', 'order-delivered', 'console-overview', 'console-hospital']);
const TALLEST = 2_600;
const wanted = process.argv.slice(2);

mkdirSync(FOLDER, { recursive: true });
const house = await openHouse({});
try {
  await orderWithMisdirectedParcel(house);
  for (const language of ['en', 'ko'] as const)
    for (const size of [PHONE, DESKTOP]) {
      await walk(storefrontTour(language), language, size);
      await walk(consoleTour(house), language, size);
    }
} finally {
  await house.close();
}

async function walk(stops: readonly Stop[], language: Language, size: typeof PHONE): Promise<void> {
  await visit(house, { language, size, expectsFailures: true }, async ({ page }) => {
    for (const { name, arrive } of stops) {
      await arrive(page);
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      await shoot(page, `${name}-${language}-${size.width}`);
      if (!DARK.has(name)) continue;
      await page.emulateMedia({ colorScheme: 'dark' });
      await shoot(page, `${name}-${language}-${size.width}-dark`);
      await page.emulateMedia({ colorScheme: 'light' });
    }
  }).catch((error: unknown) => {
    // A page that is amiss shall not hide the others.
    console.error(String(error).slice(0, 600));
    process.exitCode = 1;
  });
}

/** The whole page, after everything below the fold has loaded; very long ones are cut. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const height = await page.evaluate<number>(
    `(async () => {
      for (const image of document.images) image.loading = 'eager';
      await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
      return document.documentElement.scrollHeight;
    })()`,
  );
  const { width } = page.viewportSize() ?? DESKTOP;
  const clip = { x: 0, y: 0, width, height: Math.min(height, TALLEST) };
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true, clip });
}
