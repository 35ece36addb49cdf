import { testDatabase } from '../postgres/test-database.ts';
import { postgresStorage } from '../storage/postgres.ts';
import { hearerCollections } from '../subscriptions/two-services-spec.ts';
import { hospitalConformance } from './conformance.ts';

hospitalConformance('PostgreSQL', async () => {
  const database = await testDatabase(18);
  const storage = await postgresStorage({ pool: database.pool(), name: 'hearer', collections: hearerCollections });
  return {
    storage,
    async drop() {
      await storage.close();
      await database.drop();
    },
  };
});
