import { join, resolve } from 'node:path';
import type { Secrets } from '../home.ts';
import { type Addresses, cloneFolder, type Settings } from '../settings.ts';
import { addressFrom } from '../topology/addresses.ts';
import type { Seat } from './seats.ts';

/** What all replicas are told. */
export interface CommonWorld {
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** For a role that may make databases and roles. */
  readonly databaseUrl: string;
  /** Where shoppers find the shop. */
  readonly publicUrl: string;
  /** Everybody's address, as a replica is told it. */
  readonly peersOf: (seat: Seat) => Addresses;
  readonly simulators: Addresses;
  readonly engines: Addresses;
  /** What the shop itself was started with; a replica inherits it. */
  readonly env: NodeJS.ProcessEnv;
}

/** The environment of one replica: everything that it needs to know, so that it reads no file of the shop's data folder. */
export function replicaEnvironment(world: CommonWorld, seat: Seat): NodeJS.ProcessEnv {
  const { settings, secrets, databaseUrl, publicUrl, peersOf, simulators, engines, env } = world;
  const { plan, name, port, host } = seat;
  const own = Object.entries(plan.env).map(([variable, value]) => [
    variable,
    addressFrom(value, env, `processes/${plan.name}/env/${variable}`),
  ]);
  return {
    NODE_COMPILE_CACHE: join(cloneFolder, '.jangteo', 'tools', 'compile-cache'),
    ...env,
    ...(Object.fromEntries(own) as Record<string, string>),
    PORT: String(port),
    JANGTEO_HOST: host,
    JANGTEO_HOME: join(settings.home, 'processes', name),
    JANGTEO_TOPOLOGY: resolve(settings.topology),
    JANGTEO_PUBLIC_URL: settings.publicUrl ?? publicUrl,
    JANGTEO_ADMIN_TOKEN: secrets.adminToken,
    JANGTEO_SECRET: secrets.capabilitySecret,
    JANGTEO_MASTER_KEY: secrets.masterKey,
    JANGTEO_ROLE_PASSWORD_SEED: secrets.rolePasswordSeed,
    DATABASE_URL: databaseUrl,
    JANGTEO_PEERS: JSON.stringify(peersOf(seat)),
    JANGTEO_SIMULATORS: JSON.stringify(simulators),
    JANGTEO_ENGINES: JSON.stringify(engines),
  };
}
