import { cluster, endpoints } from './envoy-cluster.ts';
import { filterChain7 } from './envoy-layer7.ts';
import { address, duration, extension } from './envoy-words.ts';
import { limits } from './limits.ts';
import type { BalancerPlan } from './port.ts';

export interface EnvoyPlaces {
  readonly adminPort: number;
  /** Holds the endpoints; Envoy takes a new one as soon as it is moved to its place. */
  readonly endpointsFile: string;
}

const LOOPBACK = '127.0.0.1';

/** Envoy 1.40: what it starts with. Upstreams are told by a file of their own, so that they change without a restart. */
export function envoyConfig(plan: BalancerPlan, { adminPort, endpointsFile }: EnvoyPlaces): string {
  const chain = plan.layer === 7 ? filterChain7(plan) : filterChain4();
  return json({
    node: { id: 'balancer', cluster: 'jangteo' },
    admin: address(LOOPBACK, adminPort),
    static_resources: {
      listeners: [{ name: 'shop', ...address(plan.host, plan.port), filter_chains: [chain] }],
      clusters: [cluster(plan, endpointsFile)],
    },
  });
}

/** The endpoints file. */
export function envoyEndpoints(plan: BalancerPlan): string {
  return json(endpoints(plan));
}

function filterChain4(): object {
  const proxy = extension('tcp_proxy', 'extensions.filters.network.tcp_proxy.v3.TcpProxy', {
    stat_prefix: 'shop',
    cluster: 'replicas',
    idle_timeout: duration(limits.passedThroughIdleMs),
    max_connect_attempts: limits.attempts,
  });
  return { filters: [proxy] };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
