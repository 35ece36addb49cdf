import { createHash, createHmac } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../platform/clock/system.ts';
import { ROLE_SETTINGS } from '../platform/postgres/provision.ts';
import type { Logger } from '../platform/telemetry/port.ts';
import type { Engines } from './engines/engines.ts';
import { postgresEngines } from './engines/postgres.ts';
import type { Secrets } from './home.ts';
import { KEYRING } from './keyring.ts';
import type { Settings } from './settings.ts';
import { choicesOf } from './topology/processes.ts';
import type { Topology } from './topology.ts';

/** The database of people's sessions. */
const SESSIONS = 'sessions';

export interface ShopEnginesOptions {
  readonly settings: Settings;
  readonly topology: Topology;
  readonly secrets: Secrets;
  /** For a role that may make databases and roles. */
  readonly adminUrl: string;
  /** Begins the names of databases and roles. */
  readonly prefix: string;
  readonly logger: Logger;
  readonly say: (line: string) => void;
  /** Databases and roles were made by whoever started this process. */
  readonly provisioned?: boolean;
}

/** The databases of a shop. They are made at its first start; a mark in the data folder spares the later ones the look. */
export async function openShopEngines(options: ShopEnginesOptions): Promise<Engines> {
  const { settings, topology, secrets, adminUrl, prefix, logger } = options;
  const keepsSessions = topology.processes !== undefined && choicesOf(topology).sessions === 'postgres';
  const silent = keepsSessions ? [KEYRING, SESSIONS] : [KEYRING];
  const services = [...Object.keys(topology.services), ...silent];
  const made = [prefix, services, silent, secrets.rolePasswordSeed, settings.databaseUrl ?? '', ROLE_SETTINGS];
  const mark = createHash('sha256').update(JSON.stringify(made)).digest('hex');
  const file = join(settings.home, 'provisioned');
  const provisioned = options.provisioned === true || (existsSync(file) && readFileSync(file, 'utf8') === mark);
  if (!provisioned) {
    rmSync(file, { force: true });
    options.say('Preparing the databases …');
  }
  const engines = await postgresEngines({
    ...{ adminUrl, prefix, services, silent, passwordSeed: secrets.rolePasswordSeed, provisioned, logger },
    ...(keepsSessions && { sessionsIn: SESSIONS }),
    ...{ partitions: topology.partitions, connectionsPerService: topology.connectionsPerService },
    ...{ clock: systemClock, random: systemRandom },
  });
  if (!provisioned) writeFileSync(file, mark);
  return engines;
}

/** Names the databases of a shop, so that others on the same data folder are known for others. */
export function databasesName(secrets: Pick<Secrets, 'rolePasswordSeed'>, url: string, prefix: string): string {
  return derived(secrets.rolePasswordSeed, `${url} ${prefix}`);
}

/** A secret of the shop for one purpose. */
export function derived(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url');
}
