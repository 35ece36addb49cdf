import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { packagedBinaries } from '../platform/postgres-server/binaries.ts';
import { runningServerUrl, startPostgres } from '../platform/postgres-server/server.ts';
import { checkDatabase } from './database-check.ts';
import { SetupFault } from './fault.ts';
import { cloneFolder, type Settings } from './settings.ts';

/** The PostgreSQL that the shop keeps its databases in. */
export interface Database {
  /** For a role that may make databases and roles. */
  readonly url: string;
  readonly version: string;
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

/**
 * The server that DATABASE_URL names, checked, or one of our own, started. With `connections` it is one that lets in so many.
 * Throws a SetupFault or a PostgresServerFault.
 */
export async function openDatabase(
  settings: Settings,
  say: (line: string) => void,
  connections?: number,
): Promise<Database> {
  if (settings.databaseUrl !== undefined) return named(settings.databaseUrl, connections);
  const wanted = connections === undefined ? {} : { settings: { max_connections: String(connections) } };
  return startPostgres({ ...foldersOf(settings), binaries: packagedBinaries(), say, ...wanted });
}

/** The server of a shop that is open now; undefined when it is one of our own and does not run. */
export async function databaseInUse(settings: Settings): Promise<string | undefined> {
  if (settings.databaseUrl !== undefined) return (await named(settings.databaseUrl)).url;
  return runningServerUrl(foldersOf(settings));
}

async function named(url: string, connections = 0): Promise<Database> {
  const { version, maxConnections } = await checkDatabase(url);
  if (maxConnections < connections)
    throw new SetupFault(
      `The database lets in ${maxConnections} connections but the processes of the topology may open ${connections}: raise its max_connections, or lower connectionsPerService.`,
    );
  return { url, version, stop: async () => undefined };
}

/** Beside the folder of its own, one where an unprivileged user may always go; one for each data folder. */
function foldersOf(settings: Settings): { readonly folder: string; readonly openFolder: string } {
  const name = createHash('sha256').update(`${cloneFolder}\n${settings.home}`).digest('hex').slice(0, 12);
  return { folder: join(settings.home, 'postgres'), openFolder: join('/var/lib', `jangteo-${name}`) };
}
