import { limits, PROBLEM_TYPE, STICKY_COOKIE, unavailable } from './limits.ts';
import type { BalancerPlan, Upstream } from './port.ts';

export interface NginxPlaces {
  /** The stream module where it is a file to be loaded (Debian); absent where it is built in. */
  readonly streamModule?: string;
}

/**
 * nginx 1.22 or newer, open source: it has no health checks of its own and no slow start, so `plan` names only the upstreams that
 * were found ready (readiness.ts), and the configuration is written anew when that changes.
 */
export function nginxConfig(plan: BalancerPlan, { streamModule }: NginxPlaces = {}): string {
  return [
    ...(plan.layer === 4 && streamModule !== undefined ? [`load_module ${streamModule};`] : []),
    `worker_processes ${plan.threads ?? 'auto'};`,
    `worker_shutdown_timeout ${limits.lingerMs}ms;`,
    'pid nginx.pid;',
    'error_log stderr warn;',
    'events { worker_connections 4096; }',
    ...(plan.layer === 7 ? layer7(plan) : layer4(plan)),
    '',
  ].join('\n');
}

function layer7(plan: BalancerPlan): string[] {
  const { certificate, upstreams } = plan;
  return [
    'http {',
    '  access_log off;',
    // Relative to the folder it is started in, which is ours to write.
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `  ${each}_temp_path ${each}_temp;`),
    ...(plan.sticky ? stickyMaps() : []),
    ...(upstreams.length > 0 ? upstreamGroup(plan) : []),
    '  server {',
    `    listen ${plan.host}:${plan.port}${certificate === undefined ? '' : ' ssl http2'};`,
    ...(certificate === undefined
      ? []
      : [`    ssl_certificate ${certificate.certificateFile};`, `    ssl_certificate_key ${certificate.keyFile};`]),
    `    client_header_timeout ${limits.requestHeadMs}ms;`,
    `    keepalive_timeout ${limits.keptUpstreamMs}ms;`,
    // How large a body may be is said by the routes.
    '    client_max_body_size 0;',
    '    location / {',
    ...(upstreams.length > 0 ? passing(plan) : [`      error_page 503 @problem503;`, '      return 503;']),
    '    }',
    ...[502, 503, 504].flatMap(problem),
    '  }',
    '}',
  ];
}

function upstreamGroup(plan: BalancerPlan): string[] {
  return [
    '  upstream replicas {',
    '    zone replicas 256k;',
    plan.sticky ? '    hash $replica_key consistent;' : '    least_conn;',
    ...plan.upstreams.map(server),
    '    keepalive 64;',
    `    keepalive_timeout ${limits.keptUpstreamMs}ms;`,
    '  }',
  ];
}

function passing(plan: BalancerPlan): string[] {
  return [
    ...(plan.sticky ? ['      add_header Set-Cookie $replica_cookie always;'] : []),
    '      proxy_pass http://replicas;',
    '      proxy_http_version 1.1;',
    '      proxy_set_header Connection "";',
    '      proxy_set_header Host $http_host;',
    '      proxy_set_header X-Forwarded-For $remote_addr;',
    '      proxy_set_header X-Forwarded-Proto $scheme;',
    '      proxy_set_header Forwarded "";',
    '      proxy_buffering off;',
    '      proxy_request_buffering off;',
    `      proxy_connect_timeout ${limits.connectMs}ms;`,
    `      proxy_read_timeout ${limits.silentMs}ms;`,
    `      proxy_send_timeout ${limits.silentMs}ms;`,
    // What was sent is asked again only with methods that are idempotent (nginx's own rule); what was not, always. The limit in
    // time leaves out answers that took too long, and lets connections through that were not accepted in time.
    '      proxy_next_upstream error timeout;',
    `      proxy_next_upstream_tries ${limits.attempts};`,
    `      proxy_next_upstream_timeout ${limits.connectMs * limits.attempts}ms;`,
    ...[502, 503, 504].map((status) => `      error_page ${status} @problem${status};`),
  ];
}

/** Open source nginx cannot insert a cookie of its own for an upstream: a random one is hashed onto them, consistently. */
function stickyMaps(): string[] {
  return [
    `  map $cookie_${STICKY_COOKIE} $replica_key { "" $request_id; default $cookie_${STICKY_COOKIE}; }`,
    `  map $cookie_${STICKY_COOKIE} $replica_cookie {`,
    `    "" "${STICKY_COOKIE}=$request_id; Path=/; HttpOnly; SameSite=Lax";`,
    '    default "";',
    '  }',
  ];
}

function problem(status: number): string[] {
  return [
    `    location @problem${status} {`,
    `      default_type "${PROBLEM_TYPE}";`,
    `      add_header Retry-After ${limits.retryAfterSeconds} always;`,
    '      add_header Cache-Control no-store always;',
    `      return ${status} '${unavailable(status)}';`,
    '    }',
  ];
}

function layer4(plan: BalancerPlan): string[] {
  const listen = `    listen ${plan.host}:${plan.port};`;
  if (plan.upstreams.length === 0) return ['stream {', '  server {', listen, '    return "";', '  }', '}'];
  return [
    'stream {',
    '  upstream replicas {',
    '    zone replicas 256k;',
    '    least_conn;',
    ...plan.upstreams.map(server),
    '  }',
    '  server {',
    listen,
    '    proxy_pass replicas;',
    '    proxy_protocol on;',
    `    proxy_connect_timeout ${limits.connectMs}ms;`,
    `    proxy_timeout ${limits.passedThroughIdleMs}ms;`,
    `    proxy_next_upstream_tries ${limits.attempts};`,
    '  }',
    '}',
  ];
}

/** One connection that is refused is enough to leave an upstream alone for a while. */
function server({ host, port }: Upstream): string {
  return `    server ${host}:${port} max_fails=1 fail_timeout=${limits.ejectedMs / 1_000}s;`;
}
