/** A PostgreSQL of our own on this machine: one data folder, one server, reached by loopback and by a socket in its folder. */
export interface PostgresServer {
  /** For the superuser, with its password; it names the socket where the folder's path is short enough for one. */
  readonly url: string;
  /** As the server says it, e.g. `18.4`. */
  readonly version: string;
  /**
   * Stops the server and resolves when it is gone. `fast` rolls open transactions back and writes a checkpoint;
   * `immediate` leaves the rest to the recovery at the next start. Either way nothing committed is lost.
   */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

export interface PostgresServerOptions {
  /** The server's own folder: data, password, log and what was chosen for it. Made when missing. */
  readonly folder: string;
  /** The folder that holds `bin/postgres`, `lib` and `share`. */
  readonly binaries: string;
  /** Where data and binaries go when this process is root's and the unprivileged user may not enter the folders above. */
  readonly openFolder: string;
  /** Settings beside our own, e.g. `{ max_connections: '50' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told what takes long, in one line each. */
  readonly say: (line: string) => void;
}

/** The server cannot start; the message is one plain sentence with the way out. */
export class PostgresServerFault extends Error {
  override readonly name = 'PostgresServerFault';
}
