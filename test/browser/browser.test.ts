import { describe } from 'node:test';
import { inABrowser } from './in-a-browser.ts';
import { browsingTests } from './journeys/browsing.ts';
import { buyingTests } from './journeys/buying.ts';
import { consoleDoorTests } from './journeys/console-door.ts';
import { faultTests } from './journeys/faults.ts';
import { hospitalTests } from './journeys/hospital.ts';
import { outageTests } from './journeys/outage.ts';
import { safetyTests } from './journeys/safety.ts';

/** The pages as people use them, several people at a time. More of them is in `journeys.long.ts`, and what axe-core
 * says of every page in `accessibility.long.ts`. */
inABrowser('the pages in a browser', (house) => {
  describe('side by side', { concurrency: 3 }, () => {
    for (const journeys of [buyingTests, faultTests, browsingTests, safetyTests, hospitalTests, consoleDoorTests])
      journeys(house);
  });

  // Alone in the shop, for it dies.
  describe('at last', () => outageTests(house));
});
