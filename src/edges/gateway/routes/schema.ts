import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Whole = Type.Integer({ minimum: 1 });
const Share = Type.Number({ exclusiveMinimum: 0, maximum: 1 });
const Percent = Type.Number({ minimum: 0, maximum: 100 });
const Service = Type.String({ pattern: '^[a-z][a-z0-9-]*$' });
const Version = Type.String({ pattern: '^v[1-9][0-9]*$' });
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

const Method = Type.Union([
  Type.Literal('GET'),
  Type.Literal('HEAD'),
  Type.Literal('POST'),
  Type.Literal('PUT'),
  Type.Literal('PATCH'),
  Type.Literal('DELETE'),
  Type.Literal('OPTIONS'),
]);

/** What a client may take, counted by its address or by the token it shows. */
const RateLimit = Type.Object(
  {
    count: Whole,
    perMs: Whole,
    burst: Type.Optional(Whole),
    by: Type.Optional(Type.Union([Type.Literal('address'), Type.Literal('token')])),
  },
  closed,
);
export type RouteRateLimit = Static<typeof RateLimit>;

/** A fault for a drill: whoever sends the header meets it, or a share of all. First the delay, then the status instead of an answer. */
const Fault = Type.Object(
  {
    header: Type.Optional(
      Type.Object({ name: Type.String({ pattern: '^[a-z0-9-]+$' }), value: Type.String() }, closed),
    ),
    percent: Type.Optional(Percent),
    delayMs: Type.Optional(Whole),
    status: Type.Optional(
      Type.Union([Type.Literal(429), Type.Literal(500), Type.Literal(502), Type.Literal(503), Type.Literal(504)]),
    ),
  },
  closed,
);
export type Fault = Static<typeof Fault>;
/** What an operator may make for a while. */
export const Faults = Type.Array(Fault, { minItems: 1, maxItems: 16 });

/** What is too much: shares of the requests from 0 to 1, and the time that 99 of 100 stay below. */
const Alerts = Type.Object(
  {
    /** Of answers of 500 and above. */
    errorRatio: Type.Optional(Share),
    p99Ms: Type.Optional(Whole),
    /** Of requests that are turned away because there is too much to do. */
    shedRatio: Type.Optional(Share),
    /** How long it must last. Default 300,000. */
    forMs: Type.Optional(Whole),
  },
  { ...closed, minProperties: 1 },
);
export type AlertThresholds = Static<typeof Alerts>;

const Target = Type.Object({ service: Service, weight: Type.Integer({ minimum: 0, maximum: 1_000 }) }, closed);
export type WeightedTarget = Static<typeof Target>;

const Route = Type.Object(
  {
    name: Service,
    /** Segments; `{id}` stands for any one, a last `*` for any number of them, also none. Without the version. */
    path: Type.String({
      pattern: '^/([^/{}*?#]*|\\{[a-zA-Z]+\\})(/([^/{}*?#]*|\\{[a-zA-Z]+\\}))*$|^(/([^/{}*?#]+|\\{[a-zA-Z]+\\}))*/\\*$',
    }),
    /** The route stands under `/<version>`. */
    version: Type.Optional(Version),
    /** Default: all. */
    methods: Type.Optional(Type.Array(Method, { minItems: 1, uniqueItems: true })),
    service: Type.Optional(Service),
    /** In place of `service`: a canary and whoever it is compared with, by weight. */
    targets: Type.Optional(Type.Array(Target, { minItems: 1 })),
    /** One client always meets the same target. Default: each request is drawn for itself. */
    sticky: Type.Optional(Type.Boolean()),
    /** A share of the requests without a body is sent here as well; what comes back is thrown away. */
    mirror: Type.Optional(Type.Object({ service: Service, percent: Percent }, closed)),
    /** Up to the first byte of the answer. */
    timeoutMs: Type.Optional(Whole),
    maxBodyBytes: Type.Optional(Type.Integer({ minimum: 0 })),
    rateLimit: Type.Optional(RateLimit),
    /** Who is let in first, and turned away last, when there is too much to do. Default normal. */
    priority: Type.Optional(Type.Union([Type.Literal('high'), Type.Literal('normal'), Type.Literal('low')])),
    /** An answer may go on for ever (an event stream): it is not counted among what is under way. */
    streams: Type.Optional(Type.Boolean()),
    /** How often a safe request that failed is sent again. Default 0. */
    retries: Type.Optional(Type.Integer({ minimum: 0, maximum: 3 })),
    /** A GET that takes longer than nearly all others (p95, and at least so long) is sent once more, and the first answer counts. */
    hedge: Type.Optional(Type.Object({ afterMs: Whole }, closed)),
    /** Only met while the gateway runs with drills allowed. */
    faults: Type.Optional(Type.Array(Fault)),
    alerts: Type.Optional(Alerts),
  },
  closed,
);
export type Route = Static<typeof Route>;

/** A version on its way out: told with every answer (RFC 9745, RFC 8594). */
const VersionFacts = Type.Object(
  { deprecatedSince: Type.Optional(Day), sunset: Type.Optional(Day), link: Type.Optional(Type.String()) },
  closed,
);
export type VersionFacts = Static<typeof VersionFacts>;

/** What goes where, as data: `topologies/routes/<name>.json`. */
export const RouteTable = Type.Object(
  {
    name: Service,
    versions: Type.Optional(Type.Record(Version, VersionFacts)),
    defaults: Type.Optional(
      Type.Object(
        { timeoutMs: Type.Optional(Whole), maxBodyBytes: Type.Optional(Whole), rateLimit: Type.Optional(RateLimit) },
        closed,
      ),
    ),
    /** How much is under way at once, how much waits, and for how long; what goes beyond is turned away. */
    load: Type.Optional(
      Type.Object(
        {
          concurrent: Whole,
          queued: Type.Integer({ minimum: 0 }),
          queueMs: Whole,
          /** Of `concurrent`, how much one service may hold. Default: all. */
          perService: Type.Optional(Whole),
        },
        closed,
      ),
    ),
    /** When somebody is to be told of the gateway; a route may have thresholds of its own. */
    alerts: Type.Optional(Alerts),
    routes: Type.Array(Route, { minItems: 1 }),
  },
  closed,
);
export type RouteTable = Static<typeof RouteTable>;

/** The path of a route as clients see it. */
export function publicPath({ version, path }: Pick<Route, 'version' | 'path'>): string {
  return version === undefined ? path : `/${version}${path}`;
}

/** What tells a route from all others of its table: its name, and its version where it has one (`search.v1`). */
export function routeId({ name, version }: Pick<Route, 'name' | 'version'>): string {
  return version === undefined ? name : `${name}.${version}`;
}

/** Everything that a table leads to, mirrors too, each once. */
export function upstreamsOf({ routes }: RouteTable): readonly string[] {
  return [
    ...new Set(routes.flatMap((route) => [...servicesOf(route), ...(route.mirror ? [route.mirror.service] : [])])),
  ];
}

/** The services that a route may reach, mirrors left out. */
export function servicesOf({ service, targets }: Route): readonly string[] {
  return service !== undefined ? [service] : (targets ?? []).map((each) => each.service);
}
