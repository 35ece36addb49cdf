import { join } from 'node:path';
import { SetupFault } from '../fault.ts';
import { known } from '../registry.ts';
import { type Environment, readSettings } from '../settings.ts';
import { replicasOf } from '../topology/processes.ts';
import { readTopology } from '../topology.ts';
import { sidecarConfig } from './envoy.ts';
import { callersOf, placesFrom } from './places.ts';

/** What the Envoy beside a replica of JANGTEO_TOPOLOGY is told. Throws a SetupFault when the topology does not say where it listens. */
export async function printedConfig(replica: string, secrets: string, env: Environment): Promise<string> {
  const topology = readTopology(readSettings(env).topology, known);
  const { engine, port, mtls = true } = topology.sidecars ?? {};
  const found = replicasOf(topology).find(({ name }) => name === replica);
  if (engine === undefined)
    throw new SetupFault(`The topology ${topology.name} has no proxies: add "sidecars": {"engine": "envoy"}.`);
  if (found === undefined) throw new SetupFault(`The topology ${topology.name} has no replica ${replica}.`);
  if (port === undefined || found.plan.port === undefined)
    throw new SetupFault(
      `Nobody says where ${replica} and its proxy listen: give "port" to its process and to "sidecars".`,
    );
  const processPort = found.plan.hosts === undefined ? found.plan.port + found.replica - 1 : found.plan.port;
  const files = { ownFile: join(secrets, 'own.json'), authoritiesFile: join(secrets, 'authorities.json') };
  return sidecarConfig({
    ...placesFrom(topology, port, env).planOf(replica, processPort),
    ...(mtls && { mtls: { callers: callersOf(topology), ...files } }),
  });
}
