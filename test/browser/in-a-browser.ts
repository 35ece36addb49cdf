import { after, before, describe } from 'node:test';
import { testServer } from '../../src/platform/postgres/test-database.ts';
import { whyNoBrowser } from './chromium.ts';
import { type House, openHouse } from './house.ts';

/** Journeys in one real shop and one browser, which open before the first and close after the last; skipped where none can be had. */
export function inABrowser(title: string, journeys: (house: () => House) => void): void {
  describe(title, { skip: whyNoBrowser() ?? false }, () => {
    let opened: House | undefined;
    before(async () => {
      opened = await openHouse({ server: testServer(18) });
    });
    after(async () => opened?.close());

    journeys(() => {
      if (opened === undefined) throw new Error('the shop did not open');
      return opened;
    });
  });
}
