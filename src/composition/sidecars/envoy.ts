import { isIP } from 'node:net';
import { address, duration, typed } from '../balancers/envoy-words.ts';
import { connectionManager } from './envoy-http.ts';
import { showing } from './envoy-tls.ts';
import { limits } from './limits.ts';
import type { PeerPlan, SidecarPlan } from './plan.ts';

const LOOPBACK = '127.0.0.1';
const MANY = 65_536;
const PROCESS = 'process';

/**
 * Envoy 1.40 beside a process: peers come in by `inbound` and go on to the process on loopback; for each peer there is a port on
 * loopback, where the process asks for it in plain HTTP. Certificates are in files of their own, which Envoy follows.
 */
export function sidecarConfig(plan: SidecarPlan): string {
  const { self, inbound, peers, adminPort, mtls } = plan;
  const config = {
    node: { id: self, cluster: 'jangteo' },
    admin: address(LOOPBACK, adminPort),
    static_resources: {
      listeners: [
        listener('inbound', inbound.host, inbound.port, {
          filters: [connectionManager('inbound', PROCESS)],
          ...(mtls && { transport_socket: showing('downstream', mtls, mtls.callers) }),
        }),
        ...peers.map(({ name, listen }) =>
          listener(`to-${name}`, LOOPBACK, listen, { filters: [connectionManager('outbound', name)] }),
        ),
      ],
      clusters: [ownProcess(inbound.processPort), ...peers.map((peer) => peerCluster(peer, plan))],
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/** Of two proxies at one port the second must not start: by default they would share it. */
function listener(name: string, host: string, port: number, chain: object): object {
  return { name, ...address(host, port), enable_reuse_port: false, filter_chains: [chain] };
}

function ownProcess(port: number): object {
  return { ...cluster(PROCESS, LOOPBACK, port), ...kept() };
}

function peerCluster({ name, uri, host, port }: PeerPlan, { mtls }: SidecarPlan): object {
  return {
    ...cluster(name, host, port),
    ...kept({ max_connection_duration: duration(limits.oldestConnectionMs) }),
    common_lb_config: {
      // A peer that is left alone gets nothing, though there is no other.
      healthy_panic_threshold: { value: 0 },
    },
    outlier_detection: outliers(),
    ...(mtls && { transport_socket: showing('upstream', mtls, [uri]) }),
  };
}

function cluster(name: string, host: string, port: number): object {
  return {
    name,
    type: isIP(host) === 0 ? 'STRICT_DNS' : 'STATIC',
    connect_timeout: duration(limits.connectMs),
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: address(host, port) }] }] },
    circuit_breakers: {
      thresholds: [
        {
          ...{ max_connections: MANY, max_pending_requests: MANY, max_requests: MANY },
          retry_budget: { budget_percent: { value: limits.retryPercent }, min_retry_concurrency: 3 },
        },
      ],
    },
  };
}

function kept(more: object = {}): object {
  const name = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';
  const options = typed('extensions.upstreams.http.v3.HttpProtocolOptions', {
    explicit_http_config: { http_protocol_options: { enable_trailers: true } },
    common_http_protocol_options: {
      idle_timeout: duration(limits.keptMs),
      max_headers_count: limits.headers,
      ...more,
    },
  });
  return { typed_extension_protocol_options: { [name]: options } };
}

/**
 * A peer that cannot be connected to, or breaks connections off, is left alone for a while: whoever asks hears so at once. What it
 * answers is not judged here: a service that says 503 is busy, and its callers' breakers know better than to take it away from all.
 */
function outliers(): object {
  return {
    split_external_local_origin_errors: true,
    consecutive_local_origin_failure: limits.failures,
    enforcing_consecutive_local_origin_failure: 100,
    enforcing_local_origin_success_rate: 0,
    enforcing_consecutive_5xx: 0,
    enforcing_consecutive_gateway_failure: 0,
    enforcing_success_rate: 0,
    interval: '0.5s',
    base_ejection_time: duration(limits.ejectedMs),
    max_ejection_time: duration(limits.longestEjectedMs),
    max_ejection_percent: 100,
    always_eject_one_host: true,
  };
}
