import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { packagedBinaries } from '../platform/postgres-server/binaries.ts';
import { startPostgres } from '../platform/postgres-server/server.ts';
import { checkDatabase } from './database-check.ts';
import { cloneFolder, type Settings } from './settings.ts';

/** The PostgreSQL that the shop keeps its databases in. */
export interface Database {
  /** For a role that may make databases and roles. */
  readonly url: string;
  readonly version: string;
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

/** The server that DATABASE_URL names, checked, or one of our own, started. Throws a SetupFault or a PostgresServerFault. */
export async function openDatabase(settings: Settings, say: (line: string) => void): Promise<Database> {
  if (settings.databaseUrl === undefined) {
    return startPostgres({
      folder: join(settings.home, 'postgres'),
      binaries: packagedBinaries(),
      openFolder: openFolder(settings),
      say,
    });
  }
  const { version } = await checkDatabase(settings.databaseUrl);
  return { url: settings.databaseUrl, version, stop: async () => undefined };
}

/** Where an unprivileged user may always go; one folder for each data folder. */
function openFolder(settings: Settings): string {
  const name = createHash('sha256').update(`${cloneFolder}\n${settings.home}`).digest('hex').slice(0, 12);
  return join('/var/lib', `jangteo-${name}`);
}
