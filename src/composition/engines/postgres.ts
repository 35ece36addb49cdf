import { createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock, Random } from '../../platform/clock/port.ts';
import { reachable } from '../../platform/event-store/reachable.ts';
import { openPool } from '../../platform/postgres/pool.ts';
import { provision } from '../../platform/postgres/provision.ts';
import { postgresSessions } from '../../platform/session-store/postgres.ts';
import { postgresStorage } from '../../platform/storage/postgres.ts';
import { postgresOutboxFeed } from '../../platform/storage/postgres-outbox.ts';
import { postgresSight } from '../../platform/storage/postgres-sight.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import { DURABILITY, type Durability, requireDurable } from '../durability.ts';
import type { Engines } from './engines.ts';

export interface PostgresEnginesOptions {
  /** For a role that may make databases and roles. */
  readonly adminUrl: string;
  /** Begins the names of all databases and roles, so that several shops can share a server. */
  readonly prefix: string;
  readonly services: readonly string[];
  /** Those of them that publish nothing: the bus may not even connect to their databases. */
  readonly silent: readonly string[];
  /** The one of them in which sessions are kept; absent where they are kept elsewhere. */
  readonly sessionsIn?: string;
  /** From which the roles' passwords are made. */
  readonly passwordSeed: string;
  readonly partitions: number;
  readonly connectionsPerService: number;
  /** Databases and roles are known to be there: an earlier start made them. */
  readonly provisioned: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const BUS = 'bus';
const BUS_CONNECTIONS = 2;
const SESSION_CONNECTIONS = 2;

/** A database and a role for each service in one PostgreSQL server; the bus's role reads the outboxes and nothing else. */
export async function postgresEngines(options: PostgresEnginesOptions): Promise<Engines> {
  const { adminUrl, prefix, clock, random, logger, sessionsIn } = options;
  const pools = new Set<Pool>();
  const ending = new Set<Promise<void>>();
  const nameOf = (part: string) => `${prefix}_${part.replaceAll('-', '_')}`;
  const passwordOf = (role: string) => createHmac('sha256', options.passwordSeed).update(role).digest('base64url');

  if (!options.provisioned) {
    await provision(adminUrl, {
      services: options.services.map((service) => {
        const name = nameOf(service);
        return { database: name, role: name, password: passwordOf(name), silent: options.silent.includes(service) };
      }),
      bus: { role: nameOf(BUS), password: passwordOf(nameOf(BUS)) },
    });
  }

  const poolFor = (service: string, role: string, mostConnections: number): Pool => {
    const url = new URL(adminUrl);
    url.pathname = `/${nameOf(service)}`;
    url.username = role;
    url.password = passwordOf(role);
    const lost = (cause: Error) => logger.warn({ service, error: cause.message }, 'a database connection was lost');
    const pool = openPool({ connectionString: url.href, name: `${prefix} ${service}`, mostConnections, lost });
    pools.add(pool);
    return pool;
  };
  /** Opens something on a pool of its own, which ends with it: a process that leads in turn opens it again and again. */
  const on = async <Opened extends { close(): Promise<void> }>(
    pool: Pool,
    open: () => Promise<Opened>,
  ): Promise<Opened> => {
    // Nobody waits for it before the process ends: a connection may hang for a while.
    const end = () => {
      if (!pools.delete(pool)) return;
      const ended = pool.end().finally(() => ending.delete(ended));
      ended.catch((error: unknown) => logger.warn({ err: error }, 'a pool of connections did not end'));
      ending.add(ended);
    };
    const opened = await open().catch((fault: unknown) => {
      end();
      throw fault;
    });
    return { ...opened, close: () => opened.close().finally(end) };
  };

  return {
    clock,
    random,
    storageFor({ service, collections, published }) {
      const pool = poolFor(service, nameOf(service), options.connectionsPerService);
      return on(pool, async () => {
        const { rows } = await pool.query<Durability>(DURABILITY);
        requireDurable(rows[0] as Durability, service);
        const storage = await postgresStorage({
          pool,
          name: service,
          partitions: options.partitions,
          collections,
          ...(published && { outbox: { types: published, reader: nameOf(BUS) } }),
        });
        return reachable(storage);
      });
    },
    feedOf({ service }) {
      const pool = poolFor(service, nameOf(BUS), BUS_CONNECTIONS);
      return on(pool, () => postgresOutboxFeed({ pool, name: service }));
    },
    async sightOf(service) {
      const pool = poolFor(service, nameOf(service), 1);
      try {
        return await postgresSight(pool);
      } finally {
        pools.delete(pool);
        await pool.end();
      }
    },
    ...(sessionsIn !== undefined && {
      sessions: () => postgresSessions(poolFor(sessionsIn, nameOf(sessionsIn), SESSION_CONNECTIONS)),
    }),
    async close() {
      await Promise.all([...pools].map((pool) => pool.end()));
      await Promise.allSettled(ending);
    },
  };
}
