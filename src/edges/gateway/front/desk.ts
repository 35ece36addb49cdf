import type { RateLimiter, RateLimits } from '../../../platform/rate-limit/port.ts';
import { type Match, routeMatcher } from '../routes/match.ts';
import { publicPath, type Route, type RouteRateLimit, type RouteTable, routeId } from '../routes/schema.ts';
import { type RecentTimes, recentTimes } from './recent-times.ts';
import type { Tallies, Tally } from './tally.ts';
import { versionHeaders } from './versions.ts';

/** A route with what belongs to it at run time. */
export interface Served {
  readonly route: Route;
  /** `routeId` of it. */
  readonly id: string;
  /** Its address as a template, for metrics and traces. */
  readonly template: string;
  readonly timeoutMs: number | undefined;
  readonly maxBodyBytes: number | undefined;
  readonly limit: RouteRateLimit | undefined;
  readonly limiter: RateLimiter | undefined;
  /** Told with every answer: name, value, name, value…. */
  readonly headers: readonly string[];
  readonly times: RecentTimes;
  readonly tally: Tally;
  /** Of a request that is traced; made once for each method. */
  spanName(method: string): string;
}

/** A table made ready: swapped as a whole, while requests that began under another one end under it. */
export interface Desk {
  readonly table: RouteTable;
  match(method: string, path: string): Match;
  served(route: Route): Served;
}

/** Makes a table ready. Counts go on in `tallies`. */
export function deskOf(table: RouteTable, limits: RateLimits, tallies: Pick<Tallies, 'of'>): Desk {
  const { defaults = {}, versions = {}, routes } = table;
  const served = new Map(
    routes.map((route): [Route, Served] => {
      const limit = route.rateLimit ?? defaults.rateLimit;
      // A route without a limit of its own shares the default one with the others.
      const id = routeId(route);
      const name = route.rateLimit === undefined ? `gateway.${table.name}` : `gateway.${table.name}.${id}`;
      return [
        route,
        {
          route,
          id,
          template: publicPath(route),
          timeoutMs: route.timeoutMs ?? defaults.timeoutMs,
          maxBodyBytes: route.maxBodyBytes ?? defaults.maxBodyBytes,
          limit,
          limiter: limit && limits(limitOf(name, limit)),
          headers: versionHeaders(versions[route.version ?? ''] ?? {}).flat(),
          times: recentTimes(),
          tally: tallies.of(publicPath(route)),
          spanName: named((method) => `gateway ${method} ${publicPath(route)}`),
        },
      ];
    }),
  );
  return { table, match: routeMatcher(routes), served: (route) => served.get(route) as Served };
}

function limitOf(name: string, { count, perMs, burst }: RouteRateLimit) {
  return { name, count, perMs, ...(burst !== undefined && { burst }) };
}

function named(nameOf: (method: string) => string): (method: string) => string {
  const names = new Map<string, string>();
  return (method) => {
    let name = names.get(method);
    if (name === undefined) {
      name = nameOf(method);
      names.set(method, name);
    }
    return name;
  };
}
