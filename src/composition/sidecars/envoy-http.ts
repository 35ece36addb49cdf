import { duration, extension } from '../balancers/envoy-words.ts';
import { idempotentMethods, PROBLEM_TYPE, unavailableParts } from '../balancers/limits.ts';
import { LOST, limits, NOBODY_THERE, UPGRADES } from './limits.ts';

type Side = 'inbound' | 'outbound';

/** Nothing of the request has reached anybody. */
const UNSENT = 'connect-failure,refused-stream,reset-before-request';
const OVERWRITE = 'OVERWRITE_IF_EXISTS_OR_ADD';

/** Requests as they come, to one cluster; nothing of them is changed, and nothing is too long for them. */
export function connectionManager(side: Side, cluster: string): object {
  return extension('http', 'extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: side,
    codec_type: 'HTTP1',
    http_protocol_options: { enable_trailers: true },
    // What doors say of the client is believed by processes because of what comes with it, and passes as it is.
    use_remote_address: false,
    skip_xff_append: true,
    generate_request_id: false,
    preserve_external_request_id: true,
    server_header_transformation: 'PASS_THROUGH',
    // Notices and event streams are as long as processes live.
    stream_idle_timeout: '0s',
    // What has broken off at the other end does so here, too, and peers hear at once that one of them is gone.
    delayed_close_timeout: duration(limits.lastWordsMs),
    max_request_headers_kb: limits.headerKb,
    common_http_protocol_options: { idle_timeout: duration(limits.keptMs * 2), max_headers_count: limits.headers },
    upgrade_configs: UPGRADES.map((upgrade_type) => ({ upgrade_type })),
    local_reply_config: { mappers: [nobodyThere(), lost(side)] },
    http_filters: [extension('router', 'extensions.filters.http.router.v3.Router', { suppress_envoy_headers: true })],
    route_config: {
      virtual_hosts: [
        {
          ...{ name: cluster, domains: ['*'], routes: routes(side, cluster) },
          ...(side === 'outbound' && { response_headers_to_remove: [LOST] }),
        },
      ],
    },
  });
}

/** A read is asked again when its answer was lost; of anything else only what has reached nobody. By whoever asks, who knows better. */
function routes(side: Side, cluster: string): object[] {
  if (side === 'inbound') return [{ match: { prefix: '/' }, route: route(cluster) }];
  return [
    {
      match: { prefix: '/', headers: [idempotent()] },
      route: { ...route(cluster), retry_policy: retries(`${UNSENT},reset,retriable-headers`) },
    },
    { match: { prefix: '/' }, route: { ...route(cluster), retry_policy: retries(UNSENT) } },
  ];
}

function idempotent(): object {
  return { name: ':method', string_match: { safe_regex: { regex: `^(${idempotentMethods.join('|')})$` } } };
}

function route(cluster: string): object {
  return { cluster, timeout: '0s', idle_timeout: '0s' };
}

function retries(on: string): object {
  return {
    retry_on: on,
    num_retries: limits.retries,
    retry_back_off: { base_interval: duration(limits.pauseMs), max_interval: duration(limits.longestPauseMs) },
    ...(on.includes('retriable-headers') && { retriable_headers: [{ name: LOST, present_match: true }] }),
  };
}

/** No connection could be made, or none was tried: nothing has happened. */
function nobodyThere(): object {
  return { filter: { response_flag_filter: { flags: ['UF', 'UH'] } }, status_code: NOBODY_THERE };
}

/** The answer was lost on its way; for a shopper it is a problem of the shop's own catalogue. */
function lost(side: Side): object {
  const header = (key: string, value: string) => ({ header: { key, value }, append_action: OVERWRITE });
  return {
    filter: {
      status_code_filter: { comparison: { op: 'GE', value: { default_value: 500, runtime_key: 'sidecar.lost' } } },
    },
    headers_to_add: [
      header('retry-after', '1'),
      header('cache-control', 'no-store'),
      ...(side === 'inbound' ? [header(LOST, '1')] : []),
    ],
    body_format_override: {
      content_type: PROBLEM_TYPE,
      json_format: { ...unavailableParts, status: '%RESPONSE_CODE%' },
    },
  };
}
