import { describe } from 'node:test';
import { inABrowser } from './in-a-browser.ts';
import { accessibilityTests } from './journeys/accessibility.ts';

inABrowser('every page is for everybody', (house) => {
  describe('side by side', { concurrency: 3 }, () => accessibilityTests(house));
});
