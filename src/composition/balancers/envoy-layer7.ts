import { duration, extension } from './envoy-words.ts';
import { idempotentMethods, limits, PROBLEM_TYPE, STICKY_COOKIE, unavailableParts } from './limits.ts';
import type { BalancerPlan } from './port.ts';

const OVERWRITE = 'OVERWRITE_IF_EXISTS_OR_ADD';
/** Nothing of the request has reached anybody. */
const UNSENT = 'connect-failure,refused-stream,reset-before-request';

export function filterChain7(plan: BalancerPlan): object {
  const { certificate } = plan;
  const manager = extension('http', 'extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: 'shop',
    use_remote_address: true,
    generate_request_id: false,
    preserve_external_request_id: true,
    server_header_transformation: 'PASS_THROUGH',
    request_headers_timeout: duration(limits.requestHeadMs),
    stream_idle_timeout: duration(limits.silentMs),
    common_http_protocol_options: { idle_timeout: duration(limits.keptUpstreamMs) },
    local_reply_config: { mappers: [ownAnswer()] },
    http_filters: [
      ...(plan.sticky ? [stateful()] : []),
      extension('router', 'extensions.filters.http.router.v3.Router', { suppress_envoy_headers: true }),
    ],
    route_config: { virtual_hosts: [{ name: 'shop', domains: ['*'], routes: routes(), ...forwarded() }] },
  });
  if (certificate === undefined) return { filters: [manager] };
  const pair = {
    certificate_chain: { filename: certificate.certificateFile },
    private_key: { filename: certificate.keyFile },
  };
  const tls = extension('tls', 'extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
    common_tls_context: { alpn_protocols: ['h2', 'http/1.1'], tls_certificates: [pair] },
  });
  return { filters: [manager], transport_socket: tls };
}

function routes(): object[] {
  const idempotent = {
    name: ':method',
    string_match: { safe_regex: { regex: `^(${idempotentMethods.join('|')})$` } },
  };
  return [
    { match: { prefix: '/', headers: [idempotent] }, route: route(`${UNSENT},reset`) },
    { match: { prefix: '/' }, route: route(UNSENT) },
  ];
}

function route(retryOn: string): object {
  return {
    cluster: 'replicas',
    // No limit for the whole answer: event streams never end.
    timeout: '0s',
    idle_timeout: duration(limits.silentMs),
    retry_policy: {
      retry_on: retryOn,
      num_retries: limits.attempts - 1,
      retry_host_predicate: [
        extension('previous_hosts', 'extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate'),
      ],
      host_selection_retry_max_attempts: 5,
    },
  };
}

/** Says who asks, whatever the client said of it. */
function forwarded(): object {
  const client = { key: 'x-forwarded-for', value: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%' };
  return {
    request_headers_to_remove: ['forwarded'],
    request_headers_to_add: [{ header: client, append_action: OVERWRITE }],
  };
}

/** What Envoy itself answers when nobody could. */
function ownAnswer(): object {
  const { retryAfterSeconds } = limits;
  return {
    filter: {
      status_code_filter: { comparison: { op: 'GE', value: { default_value: 500, runtime_key: 'shop.own_answers' } } },
    },
    headers_to_add: [
      { header: { key: 'retry-after', value: String(retryAfterSeconds) }, append_action: OVERWRITE },
      { header: { key: 'cache-control', value: 'no-store' }, append_action: OVERWRITE },
    ],
    body_format_override: {
      content_type: PROBLEM_TYPE,
      json_format: { ...unavailableParts, status: '%RESPONSE_CODE%' },
    },
  };
}

function stateful(): object {
  return extension('sticky', 'extensions.filters.http.stateful_session.v3.StatefulSession', {
    session_state: extension(
      'envoy.http.stateful_session.cookie',
      'extensions.http.stateful_session.cookie.v3.CookieBasedSessionState',
      { cookie: { name: STICKY_COOKIE, path: '/' } },
    ),
  });
}
