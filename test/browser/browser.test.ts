import { after, before, describe } from 'node:test';
import { testServer } from '../../src/platform/postgres/test-database.ts';
import { whyNoBrowser } from './chromium.ts';
import { type House, openHouse } from './house.ts';
import { accessibilityTests } from './journeys/accessibility.ts';
import { browsingTests } from './journeys/browsing.ts';
import { buyingTests } from './journeys/buying.ts';
import { consoleDoorTests } from './journeys/console-door.ts';
import { consoleImportTests } from './journeys/console-import.ts';
import { consoleOrderTests } from './journeys/console-orders.ts';
import { faultTests } from './journeys/faults.ts';
import { hospitalTests } from './journeys/hospital.ts';
import { lookingTests } from './journeys/looking.ts';
import { outageTests } from './journeys/outage.ts';
import { safetyTests } from './journeys/safety.ts';

/** The pages as people use them: one real shop and one browser, several people at a time. */
describe('the pages in a browser', { skip: whyNoBrowser() ?? false }, () => {
  let opened: House | undefined;
  const house = (): House => {
    if (opened === undefined) throw new Error('the shop did not open');
    return opened;
  };
  before(async () => {
    opened = await openHouse({ server: testServer(18) });
  });
  after(async () => opened?.close());

  describe('side by side', { concurrency: 3 }, () => {
    for (const journeys of [
      accessibilityTests,
      buyingTests,
      faultTests,
      browsingTests,
      lookingTests,
      safetyTests,
      hospitalTests,
      consoleDoorTests,
      consoleImportTests,
      consoleOrderTests,
    ])
      journeys(house);
  });

  // Alone in the shop, for it dies.
  describe('at last', () => outageTests(house));
});
