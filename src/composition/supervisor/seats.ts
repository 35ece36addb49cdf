import { SetupFault } from '../fault.ts';
import type { Environment } from '../settings.ts';
import { isThisMachine } from '../topology/engines-check.ts';
import {
  isDoor as isEntrance,
  type ProcessPlan,
  type Replica,
  replicasOf,
  replicaUrl,
  reservesOf,
} from '../topology/processes.ts';
import type { Topology } from '../topology.ts';

/** A replica and where it listens. */
export interface Seat extends Replica {
  readonly url: string;
  readonly port: number;
  /** What it binds to. */
  readonly host: string;
  /** Whether it runs on this machine, so that `jangteo up` starts it. */
  readonly isOurs: boolean;
}

export interface Seats {
  readonly all: readonly Seat[];
  /** Those of replicas that are there only while there is much to do. */
  readonly reserves: readonly Seat[];
  /** Where shoppers go: the balancer's address, else that of the first gateway, else of the first replica with edges. */
  readonly door: { readonly url: string; readonly port: number };
  /** Everybody's address by name, as each process is told; gateways ask and are not asked. */
  readonly peers: Readonly<Record<string, string>>;
}

export interface SeatingWorld {
  /** Where the shop's own door listens; port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  readonly env: Environment;
  readonly freePort: () => Promise<number>;
  /** The first of so many free ports in a row that the system hands out to nobody: they are taken much later. */
  readonly freeRow: (count: number) => Promise<number>;
}

const LOOPBACK = '127.0.0.1';
const EVERYWHERE = new Set(['0.0.0.0', '::']);

/**
 * Gives every replica its address: the topology's, the shop's own port for the first door when there is no balancer, any free
 * port for the others. Gateways listen where the shop does. Throws a SetupFault when nobody shows an edge.
 */
export async function seatsOf(topology: Topology, { host, port, env, ...free }: SeatingWorld): Promise<Seats> {
  const [replicas, reserves] = [replicasOf(topology), reservesOf(topology)];
  const namedFor = ({ plan, replica }: Replica) => replicaUrl(plan, replica, env);
  const first =
    replicas.find(({ plan }) => plan.gateway !== undefined) ?? replicas.find(({ plan }) => isEntrance(plan));
  if (first === undefined)
    throw new SetupFault('No process of the topology shows an edge: nobody could reach the shop.');
  const door = topology.balancer === undefined ? first.name : undefined;
  const named = [...replicas, ...reserves].flatMap((each) => namedFor(each) ?? []);
  const taken = new Set(named.map((url) => Number(new URL(url).port)));
  const anotherPort = async (): Promise<number> => {
    const found = await free.freePort();
    if (taken.has(found)) return anotherPort();
    taken.add(found);
    return found;
  };
  const nameless = reserves.filter((each) => namedFor(each) === undefined).length;
  let row = nameless === 0 ? 0 : await free.freeRow(nameless + taken.size);
  const laterPort = (): number => {
    while (taken.has(row)) row++;
    taken.add(row);
    return row;
  };
  const entry = topology.balancer?.port ?? (port === 0 ? await anotherPort() : port);
  taken.add(entry);

  const everybody: Seat[] = [];
  for (const replica of [...replicas, ...reserves]) {
    const isDoor = replica.name === door;
    const anyPort = reserves.includes(replica) ? laterPort : anotherPort;
    const bound = isDoor || replica.plan.gateway !== undefined ? host : LOOPBACK;
    const reached = EVERYWHERE.has(bound) ? LOOPBACK : bound;
    const named = namedFor(replica) ?? `http://${reached}:${isDoor ? entry : await anyPort()}`;
    const { port: own, hostname } = new URL(named);
    const url = named.replace(/^http:/, `${schemeOf(replica.plan)}:`);
    taken.add(Number(own));
    everybody.push({
      ...replica,
      url,
      port: Number(own),
      host: bound,
      isOurs: hostname === reached || isThisMachine(hostname),
    });
  }
  const all = everybody.slice(0, replicas.length);
  const seen = all.find(({ name }) => name === door)?.port ?? entry;
  const entered = all.find(({ name, plan }) => name === door || plan.name === topology.balancer?.to)?.plan;
  const scheme = topology.balancer?.certificate !== undefined ? 'https' : entered ? schemeOf(entered) : 'http';
  return {
    all,
    reserves: everybody.slice(replicas.length),
    door: { url: `${scheme}://localhost:${seen}`, port: seen },
    peers: Object.fromEntries(
      everybody.filter(({ plan }) => plan.gateway === undefined).map(({ name, url }) => [name, url]),
    ),
  };
}

function schemeOf({ gateway }: ProcessPlan): 'http' | 'https' {
  return gateway?.certificate === undefined ? 'http' : 'https';
}
