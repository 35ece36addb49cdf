import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Addresses } from '../../edges/gateway/exports/port.ts';
import { RouteTableFault, readRouteTable } from '../../edges/gateway/routes/read.ts';
import { type RouteTable, servicesOf } from '../../edges/gateway/routes/schema.ts';
import { type GatewayThreshold, thresholdsOf } from '../../edges/gateway/routes/thresholds.ts';
import { SetupFault } from '../fault.ts';
import { processesOf } from '../topology/processes.ts';
import type { Topology } from '../topology.ts';

const FOLDER = join(import.meta.dirname, '../../../topologies/routes');
const NAME = /^[a-z][a-z0-9-]*$/;
const SERVICE = /^([a-z][a-z0-9-]*)=([^\s,=]+:\d+(?:,[^\s,=]+:\d+)*)$/;

/** The route table of a name in topologies/routes/, or of a file. Throws a SetupFault when it is not there or cannot be used. */
export function namedRoutes(name: string): RouteTable {
  const file = routeFile(name);
  if (!existsSync(file))
    throw new SetupFault(`There is no route table ${file}: name one of topologies/routes/, or a file.`);
  try {
    return readRouteTable(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof RouteTableFault) throw new SetupFault(`${file}: ${error.reasons.join(' ')}`);
    throw error;
  }
}

/** A threshold, and the process of the topology whose it is. */
export interface ThresholdOfGateway extends GatewayThreshold {
  readonly gateway: string;
}

/** When somebody is to be told of the gateways of a topology. Throws a SetupFault for routes that cannot be used. */
export function gatewayThresholds(topology: Pick<Topology, 'processes'>): readonly ThresholdOfGateway[] {
  return processesOf(topology).flatMap(({ name, gateway }) =>
    gateway === undefined ? [] : thresholdsOf(namedRoutes(gateway.routes)).map((each) => ({ gateway: name, ...each })),
  );
}

/** The file of a route table. */
export function routeFile(name: string): string {
  return NAME.test(name) ? join(FOLDER, `${name}.json`) : name;
}

/**
 * Where the services of a table are: as told by `name=host:port,host:port`, the others on hosts of their own names. Throws a
 * SetupFault for what is told otherwise, or of a service that the table does not know.
 */
export function addressesFor({ routes }: RouteTable, told: readonly string[], port: string): Addresses {
  const names = routes.flatMap((route) => [...servicesOf(route), ...(route.mirror ? [route.mirror.service] : [])]);
  const addresses: Record<string, readonly string[]> = {};
  for (const name of names) addresses[name] = [`${name}:${port}`];
  for (const each of told) {
    const [, name = '', list = ''] = SERVICE.exec(each) ?? [];
    if (addresses[name] === undefined)
      throw new SetupFault(
        `--service ${each} is not understood: say <name>=<host>:<port>, of a service that a route leads to.`,
      );
    addresses[name] = list.split(',');
  }
  return addresses;
}
