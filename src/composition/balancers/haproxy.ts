import { idempotentMethods, limits, PROBLEM_TYPE, STICKY_COOKIE, unavailable } from './limits.ts';
import type { BalancerPlan, Upstream } from './port.ts';

/** HAProxy 2.6 or newer. `bundleFile` holds certificate and key together, as HAProxy wants them. */
export function haproxyConfig(plan: BalancerPlan, bundleFile?: string): string {
  return [...head(plan), ...(plan.layer === 7 ? layer7(plan, bundleFile) : layer4(plan)), ''].join('\n');
}

function head({ layer, threads }: BalancerPlan): string[] {
  return [
    'global',
    '  log stdout format raw local0 notice',
    `  hard-stop-after ${limits.lingerMs}ms`,
    ...(threads === undefined ? [] : [`  nbthread ${threads}`]),
    '',
    'defaults',
    `  mode ${layer === 7 ? 'http' : 'tcp'}`,
    '  log global',
    '  option dontlog-normal',
    `  timeout connect ${limits.connectMs}ms`,
    `  timeout check ${limits.healthTimeoutMs}ms`,
    `  retries ${limits.attempts - 1}`,
    '  option redispatch 1',
  ];
}

function layer7(plan: BalancerPlan, bundleFile: string | undefined): string[] {
  const { certificate } = plan;
  return [
    `  timeout client ${limits.silentMs}ms`,
    `  timeout server ${limits.silentMs}ms`,
    `  timeout http-request ${limits.requestHeadMs}ms`,
    `  timeout http-keep-alive ${limits.keptUpstreamMs}ms`,
    `  timeout queue ${limits.connectMs}ms`,
    ...[502, 503, 504].map(problem),
    '',
    'frontend shop',
    `  bind ${plan.host}:${plan.port}${certificate === undefined ? '' : ` ssl crt ${bundleFile} alpn h2,http/1.1`}`,
    // An idle connection is told to close with its next answer, so that a reload cuts off no request.
    '  option idle-close-on-response',
    '  http-request set-header X-Forwarded-For %[src]',
    `  http-request set-header X-Forwarded-Proto ${certificate === undefined ? 'http' : 'https'}`,
    '  http-request del-header Forwarded',
    '  use_backend streams if { req.hdr(accept) -m sub text/event-stream }',
    ...(plan.leader === undefined ? [] : [`  use_backend leader if { path_beg ${plan.leader.prefix} }`]),
    '  default_backend replicas',
    '',
    'backend replicas',
    ...balanced(plan),
    ...health(plan.healthPath),
    `  default-server ${checked()} observe layer7 error-limit ${limits.brokenAnswers} on-error mark-down${slowStart(plan)} ${kept()}`,
    ...plan.upstreams.map((each) => `${server(each)}${cookieOf(each, plan)}`),
    '',
    // Events go on as they come. Whatever else is made of parts is gathered for a moment: a write for each part costs the replicas
    // and this more than anything else that is done here.
    'backend streams',
    '  option http-no-delay',
    ...balanced(plan),
    `  default-server ${kept()}`,
    ...plan.upstreams.map((each) => `${server(each)}${cookieOf(each, plan)} track replicas/${each.name}`),
    ...(plan.leader === undefined ? [] : leaderFirst(plan, plan.leader)),
  ];
}

/** Each upstream twice: as the leader, which one of them is, and as any of those that are ready, who pass on what comes to them. */
function leaderFirst(plan: BalancerPlan, { healthPath }: { readonly healthPath: string }): string[] {
  const { healthEveryMs } = limits;
  return [
    '',
    'backend leader',
    '  option allbackups',
    ...balanced({ ...plan, sticky: false }),
    ...health(healthPath),
    // A leader that takes no connection is one no more: the attempt after goes to those who wait for the next.
    `  default-server check inter ${healthEveryMs}ms fall 1 rise 1 observe layer4 error-limit 1 on-error mark-down ${kept()}`,
    ...plan.upstreams.map((each) => server({ ...each, name: `${each.name}-leads` })),
    ...plan.upstreams.map((each) => `${server(each)} no-check backup track replicas/${each.name}`),
  ];
}

function balanced({ sticky }: BalancerPlan): string[] {
  return [
    // The less busy one of two drawn by weight: as fair as the least busy of all, and slow start is felt under any load.
    '  balance random(2)',
    '  http-reuse safe',
    // A connection that was refused is tried elsewhere whatever the method; one that broke without an answer only where twice is once.
    '  retry-on conn-failure empty-response',
    `  http-request disable-l7-retry unless { method ${idempotentMethods.join(' ')} }`,
    ...(sticky ? [`  cookie ${STICKY_COOKIE} insert indirect nocache httponly attr "SameSite=Lax"`] : []),
  ];
}

function cookieOf({ name }: Upstream, { sticky }: BalancerPlan): string {
  return sticky ? ` cookie ${name}` : '';
}

function kept(): string {
  return `pool-purge-delay ${limits.keptUpstreamMs / 2}ms`;
}

function layer4(plan: BalancerPlan): string[] {
  return [
    `  timeout client ${limits.passedThroughIdleMs}ms`,
    `  timeout server ${limits.passedThroughIdleMs}ms`,
    '',
    'frontend shop',
    `  bind ${plan.host}:${plan.port}`,
    '  default_backend replicas',
    '',
    'backend replicas',
    '  balance leastconn',
    ...health(plan.healthPath),
    `  default-server ${checked()}${plan.upstreamsSpeakTls ? ' check-ssl check-alpn http/1.1 verify none' : ''} observe layer4 error-limit ${limits.failures} on-error mark-down${slowStart(plan)} send-proxy-v2`,
    ...plan.upstreams.map(server),
  ];
}

function health(healthPath: string): string[] {
  return [
    '  option httpchk',
    `  http-check send meth GET uri ${healthPath} ver HTTP/1.1 hdr Host health.check hdr Connection close`,
    '  http-check expect status 200',
  ];
}

/** Who is down is asked less often: it is what keeps those out for a while who call themselves ready and fail. */
function checked(): string {
  const { healthEveryMs, ejectedMs, failures, answers } = limits;
  return `check inter ${healthEveryMs}ms fastinter ${healthEveryMs / 2}ms downinter ${ejectedMs}ms fall ${failures} rise ${answers}`;
}

function slowStart({ slowStartMs }: BalancerPlan): string {
  return slowStartMs === 0 ? '' : ` slowstart ${slowStartMs}ms`;
}

function server({ name, host, port }: Upstream): string {
  return `  server ${name} ${host}:${port}`;
}

function problem(status: number): string {
  return `  http-error status ${status} content-type "${PROBLEM_TYPE}" string '${unavailable(status)}' hdr Retry-After ${limits.retryAfterSeconds} hdr Cache-Control no-store`;
}
