import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { readRouteTable } from '../routes/read.ts';
import type { RouteTable } from '../routes/schema.ts';

export interface RouteFile {
  readonly file: string;
  /** Given each new table that can be used. */
  readonly use: (table: RouteTable) => void;
  /** Told why a new table is not used; the old one goes on. */
  readonly refuse: (error: unknown) => void;
  /** How often the file is looked at, in ms. Default 1,000. */
  readonly everyMs?: number;
}

/** A file of routes that is being followed. */
export interface FollowedRoutes {
  /** Reads it now. True when the new table is used. */
  read(): boolean;
  stop(): void;
}

/** Reads a file of routes anew when it changes and when the process gets a SIGHUP. */
export function followRouteFile({ file, use, refuse, everyMs = 1_000 }: RouteFile): FollowedRoutes {
  const read = () => {
    try {
      use(readRouteTable(readFileSync(file, 'utf8')));
      return true;
    } catch (error) {
      refuse(error);
      return false;
    }
  };
  // Looked at by its time and size: mounted files and those that editors replace tell nobody of a change.
  watchFile(file, { interval: everyMs, persistent: false }, read);
  process.on('SIGHUP', read);
  return {
    read,
    stop() {
      unwatchFile(file, read);
      process.off('SIGHUP', read);
    },
  };
}
