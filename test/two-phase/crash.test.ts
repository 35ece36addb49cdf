import { after, before, describe } from 'node:test';
import { type TestDatabase, testDatabase } from '../../src/platform/postgres/test-database.ts';
import { crashCases } from './crash-cases.ts';

describe('two-phase commit over PostgreSQL databases and a queue', () => {
  let databases: TestDatabase[] = [];
  before(async () => {
    databases = await Promise.all([testDatabase(18), testDatabase(15), testDatabase(18), testDatabase(18)]);
  });
  after(() => Promise.all(databases.map((database) => database.drop())));
  crashCases(() => {
    const [payments = '', orders = '', queue = '', log = ''] = databases.map(({ url }) => url);
    return { payments, orders, queue, log };
  });
});
