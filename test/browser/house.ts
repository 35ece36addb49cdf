import type { Browser } from 'playwright-core';
import { openBrowser } from './chromium.ts';
import { type ShopProgram, type ShopProgramOptions, shopProgram } from './shop.ts';

/** One shop and one browser, for every journey. */
export interface House {
  readonly shop: ShopProgram;
  readonly browser: Browser;
  readonly url: string;
  readonly adminToken: string;
  close(): Promise<void>;
}

/** Opens both at once. Throws when one does not open, with the other closed again. */
export async function openHouse(options: ShopProgramOptions): Promise<House> {
  const [opened, launched] = await Promise.allSettled([shopProgram(options), openBrowser()]);
  if (opened.status === 'fulfilled' && launched.status === 'fulfilled') {
    const [shop, browser] = [opened.value, launched.value];
    const { url, adminToken } = shop;
    return {
      ...{ shop, browser, url, adminToken },
      async close() {
        await browser.close();
        await shop.remove();
      },
    };
  }
  if (opened.status === 'fulfilled') await opened.value.remove();
  if (launched.status === 'fulfilled') await launched.value.close();
  throw opened.status === 'rejected' ? opened.reason : (launched as PromiseRejectedResult).reason;
}
