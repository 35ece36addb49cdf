import pg from 'pg';

export interface PoolOptions {
  readonly connectionString: string;
  /** Shown in the server's list of sessions. */
  readonly name: string;
  readonly mostConnections: number;
  /** Called when an idle connection is lost; the pool replaces it by itself. */
  readonly lost?: (cause: Error) => void;
}

/** A pool of connections. One that cannot be had within 5 s is an error: the server is out of reach or overloaded. */
export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: options.name,
    max: options.mostConnections,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A connection lost while it is lent fails its query and is also emitted: without a listener that would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (cause) => options.lost?.(cause));
  return pool;
}
