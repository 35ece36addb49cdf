import { problems } from '../../../contracts/problems.ts';
import { versionHeaders } from '../front/versions.ts';
import type { Route, RouteRateLimit, RouteTable } from '../routes/schema.ts';
import { idOf, methodsOf, type Place, placesOf } from './places.ts';
import { type Addresses, addressesOf, type Written } from './port.ts';

/** Statuses that carry a request from a place to a route; nothing answers with them. */
const FIRST_HANDOVER = 470;
const KEPT_CONNECTIONS = 64;
const PROBLEMS = [
  'not_found',
  'method_not_allowed',
  'payload_too_large',
  'too_many_requests',
  'bad_gateway',
  'unavailable',
  'gateway_timeout',
] as const;

/** The table as an nginx server on `listen` (`8080`, `127.0.0.1:8080`), to be included in `http { }`. nginx 1.22 or later. */
export function nginxOf(table: RouteTable, addresses: Addresses, listen: string): Written {
  const { routes, load } = table;
  const services = new Set(
    routes.flatMap(({ service, targets = [], mirror }) => [
      ...(service === undefined ? [] : [service]),
      ...targets.map((each) => each.service),
      ...(mirror === undefined ? [] : [mirror.service]),
    ]),
  );
  const text = [
    ...[...services].sort().map((each) => upstream(each, addressesOf(addresses, each))),
    ...routes.filter(({ targets }) => targets !== undefined).map(canary),
    ...routes.filter(({ mirror }) => mirror !== undefined).map(mirrorShare),
    ...zones(table),
    ...(load === undefined ? [] : ['limit_conn_zone $server_name zone=load:64k;']),
    'map $http_authorization $client_by_token {\n  "" $binary_remote_addr;\n  default $http_authorization;\n}',
    'map $http_x_forwarded_proto $told_proto {\n  "" $scheme;\n  default $http_x_forwarded_proto;\n}',
    server(table, listen),
  ].join('\n\n');
  return { text: `${text}\n`, leftOut: [...leftOut(table)] };
}

function upstream(service: string, addresses: readonly string[]): string {
  const servers = addresses.map((each) => `  server ${each} max_fails=1 fail_timeout=1s;`);
  return block(`upstream ${service}`, [...servers, `  keepalive ${KEPT_CONNECTIONS};`]);
}

function canary(route: Route): string {
  const { targets = [], sticky } = route;
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  const shares = targets.filter(({ weight }) => weight > 0);
  const lines = shares.map(({ service, weight }, index) => {
    const share = index === shares.length - 1 ? '*' : `${((weight / total) * 100).toFixed(2)}%`;
    return `  ${share} ${service};`;
  });
  return block(`split_clients "${sticky ? '$client_by_token' : '$request_id'}" $target_${variable(route)}`, lines);
}

function mirrorShare(route: Route): string {
  const share = route.mirror?.percent ?? 0;
  const lines = share >= 100 ? ['  * 1;'] : share > 0 ? [`  ${share.toFixed(2)}% 1;`, '  * 0;'] : ['  * 0;'];
  return block(`split_clients "mirror $request_id" $mirror_${variable(route)}`, lines);
}

/** Zones of limits: one for the default, which its routes share, and one for each route that has its own. */
function zones({ routes, defaults }: RouteTable): string[] {
  const own = routes.flatMap((route) =>
    route.rateLimit === undefined ? [] : [zone(variable(route), route.rateLimit)],
  );
  return defaults?.rateLimit === undefined ? own : [zone('default', defaults.rateLimit), ...own];
}

function zone(name: string, { count, perMs, by }: RouteRateLimit): string {
  const key = by === 'token' ? '$client_by_token' : '$binary_remote_addr';
  return `limit_req_zone ${key} zone=limit_${name}:10m rate=${Math.max(1, Math.round((count * 60_000) / perMs))}r/m;`;
}

function server(table: RouteTable, listen: string): string {
  const lines = [
    `  listen ${listen};`,
    '  server_tokens off;',
    // A request that was handed over to its route may still be refused there, and then be told its problem.
    '  recursive_error_pages on;',
    '  proxy_http_version 1.1;',
    '  proxy_set_header Connection "";',
    '  proxy_set_header Host $http_host;',
    '  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    '  proxy_set_header X-Forwarded-Proto $told_proto;',
    '  proxy_set_header X-Forwarded-Host $http_host;',
    '  proxy_request_buffering off;',
    '  proxy_buffering off;',
    '  limit_req_status 429;',
    '  limit_conn_status 503;',
    ...(table.load === undefined ? [] : [`  limit_conn load ${table.load.concurrent};`]),
    ...PROBLEMS.map((code) => `  error_page ${problems[code].status} /-/problems/${code};`),
    '',
    ...PROBLEMS.flatMap(problemLocation),
    ...placesOf(table.routes).flatMap((place) => placeLocation(place, table)),
    ...table.routes.flatMap((route) => routeLocation(route, table)),
    ...table.routes.filter(({ mirror }) => mirror !== undefined).flatMap(mirrorLocation),
  ];
  if (!table.routes.some(({ path, version }) => path === '/*' && version === undefined))
    lines.push('  location / {', '    return 404;', '  }');
  return block('server', lines);
}

function problemLocation(code: (typeof PROBLEMS)[number]): string[] {
  const { status, title } = problems[code];
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, detail: title, code });
  return [
    `  location = /-/problems/${code} {`,
    '    internal;',
    '    default_type application/problem+json;',
    ...(status === 503 || status === 429 ? ['    add_header Retry-After 1 always;'] : []),
    `    return ${status} '${body}';`,
    '  }',
    '',
  ];
}

/** Hands a request over to the first route that takes its method: nginx chooses by address alone. */
function placeLocation({ regex, routes }: Place, table: RouteTable): string[] {
  const most = Math.max(...routes.map((route) => bodyLimit(route, table)));
  const lines = [
    `  location ~ ${quoted(regex)} {`,
    `    client_max_body_size ${most};`,
    // `error_page` of this place hides those of the server.
    '    error_page 413 /-/problems/payload_too_large;',
  ];
  let status = FIRST_HANDOVER;
  for (const route of routes) {
    const methods = methodsOf(route);
    lines.push(`    error_page ${status} = @${idOf(route)};`);
    if (methods === undefined) return [...lines, `    return ${status};`, '  }', ''];
    lines.push(`    if ($request_method ~ "^(${methods.join('|')})$") { return ${status}; }`);
    status++;
  }
  return [...lines, '    error_page 405 /-/problems/method_not_allowed;', '    return 405;', '  }', ''];
}

function routeLocation(route: Route, table: RouteTable): string[] {
  const { retries = 0, streams, mirror, targets, service } = route;
  const timeoutMs = streams ? 3_600_000 : (route.timeoutMs ?? table.defaults?.timeoutMs ?? 60_000);
  const headers = versionHeaders(table.versions?.[route.version ?? ''] ?? {});
  const again = retries > 0 ? 'error timeout http_502 http_503 http_504' : 'error';
  return [
    `  location @${idOf(route)} {`,
    ...((route.rateLimit ?? table.defaults?.rateLimit) ? [limitLine(route, table)] : []),
    `    proxy_read_timeout ${timeoutMs}ms;`,
    `    proxy_next_upstream ${again};`,
    `    proxy_next_upstream_tries ${retries + 2};`,
    ...headers.map(([name, value]) => `    add_header ${name} ${quoted(value)} always;`),
    ...(mirror === undefined ? [] : [`    mirror /-/mirrors/${idOf(route)};`, '    mirror_request_body off;']),
    `    proxy_pass http://${targets === undefined ? service : `$target_${variable(route)}`};`,
    '  }',
    '',
  ];
}

function limitLine(route: Route, { defaults }: RouteTable): string {
  const limit = (route.rateLimit ?? defaults?.rateLimit) as RouteRateLimit;
  const burst = Math.max(0, (limit.burst ?? limit.count) - 1);
  const name = route.rateLimit === undefined ? 'default' : variable(route);
  return `    limit_req zone=limit_${name}${burst > 0 ? ` burst=${burst} nodelay` : ''};`;
}

function mirrorLocation(route: Route): string[] {
  return [
    `  location = /-/mirrors/${idOf(route)} {`,
    '    internal;',
    `    if ($mirror_${variable(route)} = 0) { return 204; }`,
    '    if ($request_method !~ "^(GET|HEAD|OPTIONS)$") { return 204; }',
    '    proxy_pass_request_body off;',
    '    proxy_set_header Content-Length "";',
    '    proxy_set_header Connection "";',
    '    proxy_set_header X-Mirrored true;',
    `    proxy_pass http://${route.mirror?.service}$request_uri;`,
    '  }',
    '',
  ];
}

function bodyLimit(route: Route, { defaults }: RouteTable): number {
  return route.maxBodyBytes ?? defaults?.maxBodyBytes ?? 1_048_576;
}

function* leftOut({ routes, load }: RouteTable): Iterable<string> {
  if (load !== undefined)
    yield 'nginx bounds what is under way; it keeps no queue by priority, so checkout waits with the others.';
  const named = (pick: (route: Route) => boolean) => routes.filter(pick).map(idOf).join(', ');
  const hedged = named(({ hedge }) => hedge !== undefined);
  if (hedged !== '') yield `nginx does not hedge reads: ${hedged}.`;
  const byToken = named(({ rateLimit }) => rateLimit?.by === 'token');
  if (byToken !== '') yield `nginx limits by the token as it is shown and cannot tell one that is made up: ${byToken}.`;
  const faulty = named(({ faults }) => faults !== undefined);
  if (faulty !== '') yield `Faults for drills stay with our own gateway: ${faulty}.`;
  const bodies = placesOf(routes).filter(
    (place) => new Set(place.routes.map(({ maxBodyBytes }) => maxBodyBytes)).size > 1,
  );
  for (const { path } of bodies) yield `Routes that share ${path} share the largest of their bounds on bodies.`;
}

function variable(route: Route): string {
  return idOf(route).replaceAll('-', '_');
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.join('\n').trimEnd()}\n}`;
}
