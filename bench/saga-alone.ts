/** The saga runner alone: `node bench/saga-alone.ts [seconds]` prints JSON. Takes the superuser's URL of a PostgreSQL from JANGTEO_TEST_PG18. */

import { testServer } from '../src/platform/postgres/test-database.ts';
import { measureSagas } from './saga.ts';

console.log(JSON.stringify(await measureSagas(testServer(18), Number(process.argv[2] ?? 3))));
