import type { Environment } from '../settings.ts';
import type { Known, Topology } from '../topology.ts';
import { addressFrom } from './addresses.ts';
import type { GatewayEntry, Grow, ProcessEntry } from './growth.ts';

/** A process of a topology with everything that it leaves out filled in. */
export interface ProcessPlan {
  readonly name: string;
  readonly replicas: number;
  /** It may have more for a while, up to a most; those only read. */
  readonly grow?: Required<Grow>;
  readonly services: readonly string[];
  readonly integrations: readonly string[];
  readonly edges: readonly string[];
  readonly gateway?: GatewayEntry;
  readonly port?: number;
  /** One for each replica, as the topology writes them; absent: this machine. */
  readonly hosts?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const LOOPBACK = '127.0.0.1';
const GROW = { growAfterMs: 3_000, shrinkAfterMs: 60_000, restMs: 5_000 };

/** The processes of a topology, in its order; none when it is one process with everything. */
export function processesOf({ processes = {} }: Pick<Topology, 'processes'>): readonly ProcessPlan[] {
  return Object.entries(processes).map(([name, entry]) => planOf(name, entry));
}

function planOf(
  name: string,
  { replicas, grow, services = [], integrations = [], edges = [], env = {}, ...rest }: ProcessEntry,
): ProcessPlan {
  const parts = { services, integrations, edges, env };
  return {
    ...{ name, replicas: replicas ?? rest.hosts?.length ?? 1, ...parts, ...rest },
    ...(grow && { grow: { ...GROW, ...grow } }),
  };
}

/** The one process of a topology that names none: it runs everything. */
export function wholeShop({ services, integrations }: Topology, { edges }: Pick<Known, 'edges'>): ProcessPlan {
  const parts = { services: Object.keys(services), integrations: Object.keys(integrations) };
  return { name: 'shop', replicas: 1, ...parts, edges, env: {} };
}

/** What a topology leaves out about its engines' work. */
export function choicesOf(topology: Topology) {
  const { sessions, rateLimits, cartCopies, bus, search, orderStatus, discovery, leaders, engines, processes } =
    topology;
  const sharesRedis = processes !== undefined && engines?.redis !== undefined;
  return {
    sessions: sessions ?? 'postgres',
    rateLimits: rateLimits ?? (sharesRedis ? 'redis' : 'memory'),
    cartCopies: cartCopies ?? 'none',
    bus: bus ?? 'log',
    search: search ?? 'embedded',
    orderStatus: orderStatus ?? 'embedded',
    discovery: discovery ?? 'static',
    leaders: leaders ?? 'together',
  } as const;
}

/** The processes that may lead a service, in the topology's order. */
export function hostsOf(topology: Pick<Topology, 'processes'>, service: string): readonly ProcessPlan[] {
  return processesOf(topology).filter(({ services }) => services.includes(service));
}

export interface Replica {
  readonly plan: ProcessPlan;
  /** Counted from 1. */
  readonly replica: number;
  readonly name: string;
}

/** Every replica of every process, in the topology's order. */
export function replicasOf(topology: Pick<Topology, 'processes'>): readonly Replica[] {
  return processesOf(topology).flatMap((plan) =>
    Array.from({ length: plan.replicas }, (_, index) => {
      const replica = index + 1;
      return { plan, replica, name: replicaName(plan.name, replica) };
    }),
  );
}

/** The replicas that a process may have for a while beside its own. */
export function reservesOf(topology: Pick<Topology, 'processes'>): readonly Replica[] {
  return processesOf(topology).flatMap((plan) =>
    Array.from({ length: mostOf(plan) - plan.replicas }, (_, index) => {
      const replica = plan.replicas + index + 1;
      return { plan, replica, name: replicaName(plan.name, replica) };
    }),
  );
}

/** How many replicas of a process there may be at a time. */
export function mostOf({ replicas, grow }: Pick<ProcessPlan, 'replicas' | 'grow'>): number {
  return Math.max(replicas, grow?.max ?? 0);
}

/** Names a replica to its peers, to the databases and in logs: `app-1`. */
export function replicaName(process: string, replica: number): string {
  return `${process}-${replica}`;
}

/** A replica that listens at an address that the topology itself gives; undefined where its port is chosen at the start. */
export function replicaUrl(plan: ProcessPlan, replica: number, env: Environment): string | undefined {
  if (plan.port === undefined) return undefined;
  const host = plan.hosts?.[replica - 1];
  if (host === undefined) return `http://${LOOPBACK}:${plan.port + replica - 1}`;
  return `http://${addressFrom(host, env, `processes/${plan.name}/hosts`)}:${plan.port}`;
}

/** Whether shoppers, or who is in front of them, may come in here. */
export function isDoor({ edges, gateway }: Pick<ProcessPlan, 'edges' | 'gateway'>): boolean {
  return edges.length > 0 || gateway !== undefined;
}

/** Everybody's address by replica's name, as the topology gives them (static discovery); gateways ask and are not asked. */
export function peersOf(topology: Pick<Topology, 'processes'>, env: Environment): Readonly<Record<string, string>> {
  const asked = [...replicasOf(topology), ...reservesOf(topology)].filter(({ plan }) => plan.gateway === undefined);
  const named = asked.map(({ plan, replica, name }) => [name, replicaUrl(plan, replica, env)] as const);
  return Object.fromEntries(named.flatMap(([name, url]) => (url === undefined ? [] : [[name, url] as const])));
}
