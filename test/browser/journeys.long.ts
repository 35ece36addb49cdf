import { describe } from 'node:test';
import { inABrowser } from './in-a-browser.ts';
import { consoleImportTests } from './journeys/console-import.ts';
import { consoleOrderTests } from './journeys/console-orders.ts';
import { lookingTests } from './journeys/looking.ts';

/** What people do less often, or what is proven without a browser, too. */
inABrowser('more of the pages in a browser', (house) => {
  describe('side by side', { concurrency: 3 }, () => {
    for (const journeys of [lookingTests, consoleImportTests, consoleOrderTests]) journeys(house);
  });
});
