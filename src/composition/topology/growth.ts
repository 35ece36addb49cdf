import { type Static, Type } from 'typebox';
import { Sidecars } from './sidecars.ts';

/** The part of a topology that says how a shop grows beyond one process. */

const closed = { additionalProperties: false } as const;
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
const Names = Type.Array(Type.String());

/** Somebody else's at an address, or one that is started for the shop: exactly one of `url` and `start`. */
const Engine = Type.Object(
  {
    start: Type.Optional(Type.Literal(true)),
    /** `env:NAME` takes it from the environment. */
    url: Type.Optional(Type.String({ minLength: 1 })),
    /** Of Redis: one server, one with replicas and sentinels, or shards. Default `single`. */
    mode: Type.Optional(Type.Enum(['single', 'sentinel', 'cluster'])),
    port: Type.Optional(Port),
    memoryMb: Type.Optional(Type.Integer({ minimum: 16 })),
    /** Options of the engine's own, by their names there, for one that is started. */
    settings: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  closed,
);
export type Engine = Static<typeof Engine>;

/** Engines that a topology may name; `database` is the PostgreSQL that holds every service's database. */
const engines = {
  database: Type.Optional(Engine),
  redis: Type.Optional(Engine),
  kafka: Type.Optional(Engine),
  opensearch: Type.Optional(Engine),
  consul: Type.Optional(Engine),
  eureka: Type.Optional(Engine),
  dns: Type.Optional(Engine),
  otelcol: Type.Optional(Engine),
  prometheus: Type.Optional(Engine),
  alertmanager: Type.Optional(Engine),
  zipkin: Type.Optional(Engine),
  jaeger: Type.Optional(Engine),
};
export type EngineName = keyof typeof engines;

/** Files in PEM; `env:NAME` is allowed. */
const Certificate = Type.Object({ certificateFile: Type.String(), keyFile: Type.String() }, closed);

/** A gateway in front of services and edges; the process does nothing else. */
const Gateway = Type.Object(
  {
    /** Its route table: a name in `topologies/routes/`, or a file. */
    routes: Type.String({ minLength: 1 }),
    /**
     * Addresses and networks (`10.0.0.0/8`) of proxies that tell the truth about clients. Default: nobody's, and everybody's behind
     * the topology's own balancer at layer 7.
     */
    trusts: Type.Optional(Type.Array(Type.String())),
    /** TLS ends here. */
    certificate: Type.Optional(Certificate),
    /** The faults that the table names for drills are met. Default false: only those that an operator makes for a while. */
    drills: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type GatewayEntry = Static<typeof Gateway>;

/** `replicas` are always there; up to `max` are started as long as they have more to do than each is to have. */
const Grow = Type.Object(
  {
    max: Type.Integer({ minimum: 2, maximum: 64 }),
    /** Requests under way at a replica, on average, that it is to keep to. */
    underWay: Type.Number({ exclusiveMinimum: 0 }),
    /** More for so long starts another replica. Default 3,000. */
    growAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
    /** So quiet for so long that one fewer would do retires one. Default 60,000. */
    shrinkAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Between two changes. Default 5,000. */
    restMs: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export type Grow = Static<typeof Grow>;

const Process = Type.Object(
  {
    replicas: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
    /** More replicas while there is much to read. */
    grow: Type.Optional(Grow),
    services: Type.Optional(Names),
    integrations: Type.Optional(Names),
    edges: Type.Optional(Names),
    gateway: Type.Optional(Gateway),
    /** Where replica 1 listens; the others at the ports that follow, or at the same one of hosts of their own. */
    port: Type.Optional(Port),
    /** Where the replicas run, one host each; without it all of them on this machine. `env:NAME` is allowed. */
    hosts: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    env: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' }), Type.String(), closed)),
  },
  closed,
);
export type ProcessEntry = Static<typeof Process>;

const Balancer = Type.Object(
  {
    engine: Type.Enum(['haproxy', 'nginx', 'envoy']),
    /** 4 passes connections through; 7 reads requests: health by path, drain, slow start, stickiness. */
    layer: Type.Enum([4, 7]),
    /** Default: the port of the settings (PORT). */
    port: Type.Optional(Port),
    /** The process whose replicas it balances. */
    to: Type.String(),
    /** Layer 7: a shopper stays with a replica while it lives. Default false. */
    sticky: Type.Optional(Type.Boolean()),
    /** Layer 7: how long a replica that has come back takes to get its full share. Default 0. */
    slowStartMs: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Layer 7: TLS ends at the balancer. */
    certificate: Type.Optional(Certificate),
  },
  closed,
);
export type Balancer = Static<typeof Balancer>;

/** Keys of a topology, all of them optional: without them the shop is one process that needs nothing but its database. */
export const growth = {
  engines: Type.Optional(Type.Object(engines, closed)),
  processes: Type.Optional(
    Type.Record(Type.String({ pattern: '^[a-z][a-z-]*$' }), Process, { ...closed, minProperties: 1 }),
  ),
  /** Where shoppers' sessions are kept. Default `postgres`. */
  sessions: Type.Optional(Type.Enum(['postgres', 'redis', 'memory'])),
  /**
   * Where requests are counted of which somebody may send only so many. Default: `redis` where several processes have one, else
   * `memory`, each process for itself.
   */
  rateLimits: Type.Optional(Type.Enum(['redis', 'memory'])),
  /** Where copies of carts lie, from which every process answers shoppers who say what they have seen. Default `none`. */
  cartCopies: Type.Optional(Type.Enum(['redis', 'none'])),
  /** What carries events between services. Default `log`: the owners' outboxes. */
  bus: Type.Optional(Type.Enum(['log', 'kafka'])),
  /** What answers searches. Default `embedded`. */
  search: Type.Optional(Type.Enum(['embedded', 'opensearch'])),
  /** What answers lists of orders. Default `embedded`: the service's own view. An order itself is always read from its own events. */
  orderStatus: Type.Optional(Type.Enum(['embedded', 'opensearch'])),
  /** How processes find each other. Default `static`: the topology names everybody's address. */
  discovery: Type.Optional(Type.Enum(['static', 'consul', 'eureka', 'dns'])),
  /**
   * Which replica leads the services that several host. `together`: the first that lives leads all of them, so that they call each
   * other within it; `spread`: neighbours are led by different replicas, for when one core is not enough. Default `together`.
   */
  leaders: Type.Optional(Type.Enum(['together', 'spread'])),
  balancer: Type.Optional(Balancer),
  /** What stands beside every process, and of which it knows nothing. */
  sidecars: Type.Optional(Sidecars),
};
