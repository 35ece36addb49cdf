import { join } from 'node:path';
import type { Discovery } from '../../platform/discovery/port.ts';
import { createLogger } from '../../platform/telemetry/logger.ts';
import { type Carrier, type CarrierOptions, kafkaCarrier, logCarrier } from '../bus-carriers.ts';
import { openDiscovery } from '../discovery.ts';
import type { Engines } from '../engines/engines.ts';
import { SetupFault } from '../fault.ts';
import type { Secrets } from '../home.ts';
import type { Settings } from '../settings.ts';
import { databasesName, openShopEngines } from '../shop-engines.ts';
import { engineAddress } from '../topology/addresses.ts';
import { choicesOf } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';
import { WITNESS, witnessedEngines } from '../witness.ts';
import type { ProcessOptions } from './serve-process.ts';

/** The name under which discovery knows the processes of a shop. */
export const SHOP = 'jangteo';

/** The databases of all services, which somebody else has made. Throws a SetupFault when nobody says where they are. */
export async function openDatabases(
  options: Pick<ProcessOptions, 'settings' | 'topology' | 'say' | 'acceptLoss'>,
  secrets: Secrets,
): Promise<Engines> {
  const { settings, topology, say, acceptLoss = false } = options;
  if (settings.databaseUrl === undefined)
    throw new SetupFault('DATABASE_URL is not set: a process of several must be told where their PostgreSQL is.');
  const prefix = settings.databasePrefix ?? 'jangteo';
  const logger = createLogger({ level: settings.logLevel });
  const engines = await openShopEngines({
    ...{ settings, topology, secrets, prefix, logger, say, adminUrl: settings.databaseUrl, provisioned: true },
  });
  return witnessedEngines(engines, {
    file: join(settings.home, WITNESS),
    of: databasesName(secrets, settings.databaseUrl, prefix),
    ...{ acceptLoss, say },
  });
}

/** What carries events in a topology. Throws a SetupFault when it does not say where its Kafka is. */
export function openCarrier(
  topology: Topology,
  settings: Settings,
  options: CarrierOptions,
): Carrier | Promise<Carrier> {
  if (choicesOf(topology).bus === 'log') return logCarrier(options);
  const brokers = engineAddress(topology, 'kafka', settings.engines ?? {}, process.env).split(',');
  return kafkaCarrier(options, brokers, settings.databasePrefix ?? 'jangteo');
}

/** How a process finds its peers: those that it is told of, or a registry that it puts itself into. Throws a SetupFault. */
export function openPeers(
  topology: Topology,
  settings: Settings,
  { clock, random }: Pick<Engines, 'clock' | 'random'>,
  peers: Readonly<Record<string, string>>,
): Promise<Discovery> {
  const { discovery: kind } = choicesOf(topology);
  const instances = Object.entries(peers).map(([id, origin]) => ({ id, origin, metadata: {} }));
  if (kind === 'static') return openDiscovery({ kind, lists: { [SHOP]: instances } }, clock, random);
  const address = engineAddress(topology, kind, settings.engines ?? {}, process.env);
  return openDiscovery({ kind, address }, clock, random);
}
