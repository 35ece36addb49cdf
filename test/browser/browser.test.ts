import { after, before, describe } from 'node:test';
import { testServer } from '../../src/platform/postgres/test-database.ts';
import { whyNoBrowser } from './chromium.ts';
import { type House, openHouse } from './house.ts';
import { consoleDoorTests } from './journeys/console-door.ts';

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
    consoleDoorTests(house);
  });
});
