import { Type } from 'typebox';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { Faults, type RouteTable, routeId, upstreamsOf } from '../routes/schema.ts';
import { thresholdsOf } from '../routes/thresholds.ts';
import type { ApiGateway } from './api-gateway.ts';

/** Below this address a gateway answers itself, whoever may ask. */
export const OPERATORS_PATH = '/-/gateway';
const LONGEST_DRILL_MS = 3_600_000;
const hidden = { hide: true } as const;
const Named = Type.Object({ route: Type.String() });

export interface OperatorParts {
  readonly name: string;
  readonly gateway: ApiGateway;
  /** Reads the file of routes now; the problem that keeps it from being used, undefined when it is. */
  readonly reload: () => string | undefined;
  /** Whether somebody has the upstream. */
  readonly isThere: (upstream: string) => boolean;
}

/**
 * What operators ask of this one process: how it is, the routes read anew, and faults made for a while. A drill ends by itself.
 * Whoever registers the routes guards them.
 */
export function gatewayOperatorRoutes({ name, gateway, reload, isThere }: OperatorParts): HttpRoutes {
  return (http) => {
    http.get(OPERATORS_PATH, { schema: hidden }, async () => {
      const { table, load, drills, tallies } = gateway;
      return {
        ...{ gateway: name, table: table.name, routes: table.routes.length },
        load: { underWay: load.inside, waiting: load.waiting, bounds: table.load },
        upstreams: Object.fromEntries(upstreamsOf(table).map((each) => [each, isThere(each)])),
        ...{ thresholds: thresholdsOf(table), drills: drills.all(), counts: Object.fromEntries(tallies.all()) },
      };
    });

    http.post(`${OPERATORS_PATH}/reload`, { schema: hidden }, async () => {
      const refused = reload();
      if (refused !== undefined) throw new Problem('validation_failed', refused);
      return { table: gateway.table.name, routes: gateway.table.routes.length };
    });

    http.put(
      `${OPERATORS_PATH}/drills/:route`,
      {
        schema: {
          ...hidden,
          params: Named,
          body: Type.Object(
            { faults: Faults, forMs: Type.Integer({ minimum: 1, maximum: LONGEST_DRILL_MS }) },
            { additionalProperties: false },
          ),
        },
      },
      async ({ params: { route }, body: { faults, forMs } }) => {
        const id = idOf(gateway.table, route);
        const vague = faults.some(({ header, percent, delayMs, status }) =>
          [header ?? percent, delayMs ?? status].includes(undefined),
        );
        if (vague)
          throw new Problem('validation_failed', 'A fault says whom it meets (header or percent), and what it does.');
        return gateway.drills.begin(id, faults, forMs);
      },
    );

    http.delete(`${OPERATORS_PATH}/drills`, { schema: hidden }, async () => ({ ended: gateway.drills.end() }));
    http.delete(`${OPERATORS_PATH}/drills/:route`, { schema: { ...hidden, params: Named } }, async ({ params }) => ({
      ended: gateway.drills
        .all()
        .filter(({ route }) => route === params.route || route.startsWith(`${params.route}.`))
        .reduce((ended, { route }) => ended + gateway.drills.end(route), 0),
    }));
  };
}

/** The route that an operator means by a name, or by name and version. Throws a Problem when there is none, or more than one. */
function idOf({ routes }: RouteTable, asked: string): string {
  const ids = routes.filter((each) => each.name === asked || routeId(each) === asked).map(routeId);
  const [id, ...others] = ids;
  if (id === undefined) throw new Problem('not_found', `This gateway has no route ${asked}.`);
  if (others.length === 0) return id;
  throw new Problem('validation_failed', `Several routes are named ${asked}; say which one: ${ids.join(', ')}.`);
}
