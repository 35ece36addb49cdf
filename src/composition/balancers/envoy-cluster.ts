import { dirname } from 'node:path';
import { address, duration, extension, typed } from './envoy-words.ts';
import { limits } from './limits.ts';
import type { BalancerPlan } from './port.ts';

/** Many at once and no less: the limits of the house are its own, not those of a balancer. */
const MANY = 65_536;
const BY_TLS = { speaks: 'tls' };

export function cluster(plan: BalancerPlan, endpointsFile: string): object {
  return {
    name: 'replicas',
    type: 'EDS',
    connect_timeout: duration(limits.connectMs),
    // Who was taken off the list gets nothing new, however well he is.
    ignore_health_on_host_removal: true,
    eds_cluster_config: {
      eds_config: {
        resource_api_version: 'V3',
        path_config_source: { path: endpointsFile, watched_directory: { path: dirname(endpointsFile) } },
      },
    },
    load_balancing_policy: { policies: [{ typed_extension_config: leastRequest(plan) }] },
    common_lb_config: {
      // Who is not well gets nothing, also when nobody is.
      healthy_panic_threshold: { value: 0 },
      ignore_new_hosts_until_first_hc: true,
    },
    circuit_breakers: {
      thresholds: [{ max_connections: MANY, max_pending_requests: MANY, max_requests: MANY, max_retries: 1_024 }],
    },
    health_checks: [healthCheck(plan)],
    outlier_detection: outliers(plan),
    ...(plan.layer === 7 ? keptConnections() : { transport_socket: tellingTheClient() }),
    ...(plan.upstreamsSpeakTls ? { transport_socket_matches: [checkedByTls()] } : {}),
  };
}

export function endpoints({ upstreams }: BalancerPlan): object {
  const hosts = upstreams.map(({ host, port }) => ({ endpoint: address(host, port) }));
  const assignment = typed('config.endpoint.v3.ClusterLoadAssignment', {
    cluster_name: 'replicas',
    endpoints: [{ lb_endpoints: hosts }],
  });
  return { resources: [assignment] };
}

function leastRequest({ slowStartMs }: BalancerPlan): object {
  return extension('least_request', 'extensions.load_balancing_policies.least_request.v3.LeastRequest', {
    ...(slowStartMs === 0
      ? {}
      : { slow_start_config: { slow_start_window: duration(slowStartMs), min_weight_percent: { value: 5 } } }),
  });
}

function healthCheck({ healthPath, upstreamsSpeakTls }: BalancerPlan): object {
  const every = duration(limits.healthEveryMs);
  return {
    timeout: duration(limits.healthTimeoutMs),
    interval: every,
    no_traffic_interval: every,
    unhealthy_threshold: limits.failures,
    healthy_threshold: limits.answers,
    http_health_check: { path: healthPath, host: 'health.check' },
    ...(upstreamsSpeakTls ? { transport_socket_match_criteria: BY_TLS } : {}),
  };
}

/** Passive ejection: connections that fail, and processes that answer gateway errors though they call themselves ready. */
function outliers({ layer }: BalancerPlan): object {
  return {
    split_external_local_origin_errors: layer === 7,
    consecutive_local_origin_failure: limits.failures,
    consecutive_gateway_failure: limits.brokenAnswers,
    enforcing_consecutive_gateway_failure: 100,
    enforcing_consecutive_5xx: layer === 7 ? 0 : 100,
    enforcing_success_rate: 0,
    enforcing_local_origin_success_rate: 0,
    interval: '1s',
    base_ejection_time: duration(limits.ejectedMs),
    max_ejection_time: duration(limits.ejectedMs * 6),
    max_ejection_percent: 50,
    // Its own word is what it was ejected in spite of.
    successful_active_health_check_uneject_host: false,
  };
}

function keptConnections(): object {
  const name = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';
  const options = typed('extensions.upstreams.http.v3.HttpProtocolOptions', {
    explicit_http_config: { http_protocol_options: {} },
    common_http_protocol_options: { idle_timeout: duration(limits.keptUpstreamMs) },
  });
  return { typed_extension_protocol_options: { [name]: options } };
}

/** What goes into a connection first says whose it is (PROXY protocol, version 2). */
function tellingTheClient(): object {
  return extension(
    'upstream_proxy_protocol',
    'extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport',
    {
      config: { version: 'V2' },
      transport_socket: extension('raw_buffer', 'extensions.transport_sockets.raw_buffer.v3.RawBuffer'),
    },
  );
}

/** Only health checks speak TLS here: what clients send is TLS already and passes as it is. */
function checkedByTls(): object {
  const tls = extension('tls', 'extensions.transport_sockets.tls.v3.UpstreamTlsContext');
  return { name: 'health', match: BY_TLS, transport_socket: tls };
}
