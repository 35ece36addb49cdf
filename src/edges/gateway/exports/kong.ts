import { versionHeaders } from '../front/versions.ts';
import type { Route, RouteRateLimit, RouteTable } from '../routes/schema.ts';
import { idOf, methodsOf, placesOf } from './places.ts';
import { type Addresses, addressesOf, type Written } from './port.ts';

const MINUTE_MS = 60_000;
const WEIGHTS = 1_000;

/**
 * The table as Kong's declarative configuration (format 3.0; JSON, which is YAML, too). Time-outs and retries are a service's in
 * Kong, so each of our routes becomes a service with one route, over an upstream that knows the addresses.
 */
export function kongOf(table: RouteTable, addresses: Addresses): Written {
  const order = placesOf(table.routes).map(({ regex }) => regex);
  const file = {
    _format_version: '3.0',
    _transform: true,
    services: table.routes.map((route) => serviceOf(route, table, order)),
    upstreams: upstreamsOf(table.routes, addresses),
  };
  return { text: `${JSON.stringify(file, undefined, 2)}\n`, leftOut: [...leftOut(table)] };
}

function serviceOf(route: Route, { versions, defaults }: RouteTable, order: readonly string[]) {
  const timeoutMs = route.streams ? 3_600_000 : (route.timeoutMs ?? defaults?.timeoutMs ?? MINUTE_MS);
  const regex = placesOf([route])[0]?.regex ?? '';
  const methods = methodsOf(route);
  const limit = route.rateLimit ?? defaults?.rateLimit;
  const bytes = route.maxBodyBytes ?? defaults?.maxBodyBytes;
  const headers = versionHeaders(versions?.[route.version ?? ''] ?? {});
  return {
    name: idOf(route),
    protocol: 'http',
    host: upstreamName(route),
    port: 80,
    connect_timeout: 2_000,
    read_timeout: timeoutMs,
    write_timeout: timeoutMs,
    retries: route.retries ?? 0,
    routes: [
      {
        name: idOf(route),
        paths: [`~${regex}`],
        // The higher is tried first.
        regex_priority: order.length - order.indexOf(regex),
        ...(methods !== undefined && { methods }),
        strip_path: false,
        preserve_host: true,
        protocols: ['http', 'https'],
        request_buffering: false,
        response_buffering: false,
      },
    ],
    plugins: [
      ...(limit === undefined ? [] : [rateLimiting(limit)]),
      ...(bytes === undefined ? [] : [sizeLimiting(bytes)]),
      ...(headers.length === 0
        ? []
        : [
            {
              name: 'response-transformer',
              config: { add: { headers: headers.map(([name, value]) => `${name}:${value}`) } },
            },
          ]),
    ],
  };
}

/** Kong counts in whole seconds, minutes, hours: the smallest that our window fits into. */
function rateLimiting({ count, perMs, by }: RouteRateLimit) {
  const [unit, unitMs] =
    perMs <= 1_000 ? ['second', 1_000] : perMs <= MINUTE_MS ? ['minute', MINUTE_MS] : ['hour', 3_600_000];
  const most = Math.max(1, Math.round((count * Number(unitMs)) / perMs));
  const key = by === 'token' ? { limit_by: 'header', header_name: 'authorization' } : { limit_by: 'ip' };
  return {
    name: 'rate-limiting',
    config: { [String(unit)]: most, ...key, policy: 'local', fault_tolerant: true, hide_client_headers: true },
  };
}

function sizeLimiting(bytes: number) {
  return { name: 'request-size-limiting', config: { allowed_payload_size: bytes, size_unit: 'bytes' } };
}

function upstreamName(route: Route): string {
  return route.service ?? `canary-${idOf(route)}`;
}

function upstreamsOf(routes: readonly Route[], addresses: Addresses) {
  const plain = [...new Set(routes.flatMap(({ service }) => service ?? []))].sort().map((service) => ({
    name: service,
    targets: addressesOf(addresses, service).map((target) => ({ target, weight: 100 })),
  }));
  const canaries = routes.flatMap((route) => {
    if (route.targets === undefined) return [];
    const total = route.targets.reduce((sum, { weight }) => sum + weight, 0);
    const targets = route.targets.flatMap(({ service, weight }) => {
      const own = addressesOf(addresses, service);
      return own.map((target) => ({ target, weight: Math.round((weight / total / own.length) * WEIGHTS) }));
    });
    return [{ name: upstreamName(route), targets, ...(route.sticky && STICKY) }];
  });
  return [...plain, ...canaries];
}

const STICKY = { algorithm: 'consistent-hashing', hash_on: 'ip' };

function* leftOut({ routes, load }: RouteTable): Iterable<string> {
  if (load !== undefined) yield 'Kong sheds no load by priority.';
  const named = (pick: (route: Route) => boolean) => routes.filter(pick).map(idOf).join(', ');
  const says: readonly (readonly [string, string])[] = [
    [named(({ hedge }) => hedge !== undefined), 'Kong does not hedge reads'],
    [named(({ mirror }) => mirror !== undefined), 'Kong mirrors by a plugin that is not part of it'],
    [named(({ faults }) => faults !== undefined), 'Faults for drills stay with our own gateway'],
    [
      named(({ rateLimit }) => rateLimit?.by === 'token'),
      'Kong limits by the token as it is shown and cannot tell one that is made up',
    ],
    [
      named(({ rateLimit }) => rateLimit?.burst !== undefined),
      'Kong counts in windows and knows no burst apart from the rate',
    ],
  ];
  for (const [which, what] of says) if (which !== '') yield `${what}: ${which}.`;
}
