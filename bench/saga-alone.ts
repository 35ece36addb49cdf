/** The saga runner alone: `node bench/saga-alone.ts [seconds]` prints JSON. Takes the superuser's URL of a PostgreSQL from JANGTEO_TEST_PG18. */

import { join } from 'node:path';
import { testServer } from '../src/platform/postgres/test-database.ts';

const file = join(import.meta.dirname, 'saga.ts');
const { measureSagas } = (await import(file)) as {
  measureSagas(postgresUrl: string, seconds: number): Promise<unknown>;
};
console.log(JSON.stringify(await measureSagas(testServer(18), Number(process.argv[2] ?? 3))));
