import { createServer } from 'node:net';
import { SetupFault } from '../fault.ts';
import type { Environment } from '../settings.ts';
import { addressFrom } from '../topology/addresses.ts';
import { isThisMachine } from '../topology/engines-check.ts';
import { type ProcessPlan, replicaName, replicasOf } from '../topology/processes.ts';
import { DEFAULT_TRUST_DOMAIN } from '../topology/sidecars.ts';
import type { Topology } from '../topology.ts';
import { type SidecarPlan, uriOf } from './plan.ts';

/** Where the proxies of a topology listen: all ports follow from the first one. */
export interface SidecarPlaces {
  /** Where our own sidecar answers, beside this replica. */
  agentPort(self: string): number;
  /** Everything that the proxy beside a replica is told but its certificates; `processPort` is where the replica itself listens. */
  planOf(self: string, processPort: number): Omit<SidecarPlan, 'mtls'>;
  /** Everybody's address as a replica is told it: at its own proxy; `own` is its own. */
  peersOf(self: string, own: string): Readonly<Record<string, string>>;
}

const LOOPBACK = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';
/** Of each replica: the proxy's door, its figures, our own sidecar. */
const EACH = 3;
/** Below the ports that the system hands out to clients. */
const [FIRST_FREE, LAST_FREE] = [20_100, 32_000];

/** How many ports follow the first. */
export function portsWanted(topology: Pick<Topology, 'processes'>): number {
  const count = replicasOf(topology).length;
  return count * (EACH + count);
}

export function placesFrom(topology: Topology, first: number, env: Environment): SidecarPlaces {
  const replicas = replicasOf(topology);
  const trustDomain = topology.sidecars?.trustDomain ?? DEFAULT_TRUST_DOMAIN;
  const numberOf = (name: string) => {
    const found = replicas.findIndex((each) => each.name === name);
    if (found < 0) throw new SetupFault(`The topology has no replica ${name}.`);
    return found;
  };
  const doorOf = (name: string) => first + EACH * numberOf(name);
  const outbound = (self: string, peer: string) =>
    first + EACH * replicas.length + numberOf(self) * replicas.length + numberOf(peer);
  const peersOf = (self: string) => replicas.filter(({ name, plan }) => name !== self && isPeer(plan));
  const hostOf = (plan: ProcessPlan, replica: number) => {
    const named = plan.hosts?.[replica - 1];
    return named === undefined ? LOOPBACK : addressFrom(named, env, `processes/${plan.name}/hosts`);
  };
  return {
    agentPort: (self) => doorOf(self) + 2,
    planOf(self, processPort) {
      const own = replicas[numberOf(self)];
      const host = own === undefined ? LOOPBACK : hostOf(own.plan, own.replica);
      return {
        ...{ self, adminPort: doorOf(self) + 1 },
        inbound: { host: isThisMachine(host) ? LOOPBACK : EVERYWHERE, port: doorOf(self), processPort },
        peers: peersOf(self).map(({ name, plan, replica }) => ({
          ...{ name, uri: uriOf(trustDomain, plan.name), listen: outbound(self, name) },
          ...{ host: hostOf(plan, replica), port: doorOf(name) },
        })),
      };
    },
    peersOf: (self, own) => {
      const others = peersOf(self).map(({ name }) => [name, `http://${LOOPBACK}:${outbound(self, name)}`] as const);
      const isAsked = replicas.some(({ name, plan }) => name === self && isPeer(plan));
      return Object.fromEntries([...(isAsked ? [[self, own] as const] : []), ...others]);
    },
  };
}

/** Gateways ask; nobody asks them. */
function isPeer({ gateway }: ProcessPlan): boolean {
  return gateway === undefined;
}

/** Everybody who may come in. */
export function callersOf(topology: Topology): readonly string[] {
  const trustDomain = topology.sidecars?.trustDomain ?? DEFAULT_TRUST_DOMAIN;
  return [...new Set(replicasOf(topology).map(({ plan }) => uriOf(trustDomain, plan.name)))];
}

/** Everybody's address as a process is told it that was started without JANGTEO_PEERS. */
export function peersBeside(
  topology: Topology,
  process: string,
  replica: number,
  peers: Readonly<Record<string, string>>,
  env: Environment,
): Readonly<Record<string, string>> {
  const { engine, port } = topology.sidecars ?? {};
  const self = replicaName(process, replica);
  if (engine === undefined || port === undefined) return peers;
  const own = peers[self];
  // Behind its proxy a process listens on loopback.
  return placesFrom(topology, port, env).peersOf(
    self,
    own === undefined ? '' : `http://${LOOPBACK}:${new URL(own).port}`,
  );
}

/** The first of so many free ports in a row. Throws a SetupFault when there are none. */
export async function freeRow(count: number): Promise<number> {
  // Begins somewhere else in each process, so that two starts at once rarely wish for the same.
  const room = LAST_FREE - FIRST_FREE - count;
  for (let first = FIRST_FREE + ((process.pid * 97) % room), tried = 0; tried < 50; tried++) {
    const taken = await lastTaken(first, count);
    if (taken === undefined) return first;
    first = taken + 1 + count > LAST_FREE ? FIRST_FREE : taken + 1;
  }
  throw new SetupFault(`No ${count} ports in a row are free for proxies: choose them with "sidecars": {"port": …}.`);
}

async function lastTaken(first: number, count: number): Promise<number | undefined> {
  const ports = Array.from({ length: count }, (_, index) => first + index);
  const free = await Promise.all(ports.map(isFree));
  const at = free.lastIndexOf(false);
  return at < 0 ? undefined : first + at;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, LOOPBACK, () => probe.close(() => resolve(true)));
  });
}
