import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { SetupFault } from './fault.ts';
import { growth } from './topology/growth.ts';
import { wrongForm } from './topology/wrong-form.ts';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][a-z-]*$' });
const Settings = Type.Record(Type.String(), Type.Unknown());
const Whole = Type.Integer({ minimum: 1 });

const Service = Type.Object(
  {
    /** Handed to the service, which validates them. */
    settings: Type.Optional(Settings),
    /** Who owns it and is told when a case waits in its hospital; one of `teams`. */
    team: Type.Optional(Name),
    /** Guards the calls of other services to this one. */
    guard: Type.Optional(Type.Object({ timeoutMs: Whole, concurrent: Whole, queued: Whole, openMs: Whole }, closed)),
  },
  closed,
);

const Integration = Type.Object(
  {
    settings: Type.Optional(Settings),
    /** The other company's system is a program of ours, started and supervised beside the shop; arguments for it. */
    simulator: Type.Optional(Type.Object({ args: Type.Array(Type.String()) }, closed)),
    /** `demo`: runs only while the demonstration is on. */
    when: Type.Optional(Type.Literal('demo')),
  },
  closed,
);

const Addresses = Type.Array(Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', maxLength: 320 }), { minItems: 1 });

const Team = Type.Object(
  {
    mail: Type.Optional(Addresses),
    /** Told as well once a case has waited too long. */
    escalation: Type.Optional(Addresses),
    /** Its secret is in the environment (JANGTEO_WEBHOOK_SECRETS). */
    webhook: Type.Optional(Type.Object({ url: Type.String() }, closed)),
    /** Where Alertmanager posts the alerts of the team's services; `env:NAME` is allowed. */
    alerts: Type.Optional(Type.Object({ url: Type.String() }, closed)),
  },
  closed,
);
export type Team = Static<typeof Team>;

/** What runs where, on what: data, no code. */
export const Topology = Type.Object(
  {
    name: Name,
    /** Log partitions of each service; fixed with its first start. */
    partitions: Type.Integer({ minimum: 1, maximum: 64 }),
    /** Connections to the database that each service may hold. */
    connectionsPerService: Type.Integer({ minimum: 2, maximum: 100 }),
    services: Type.Record(Type.String(), Service),
    integrations: Type.Record(Type.String(), Integration),
    teams: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z][a-z-]*$' }), Team)),
    /** Owns the services that name no team. */
    defaultTeam: Type.Optional(Name),
    /** When a team is told of a case: at these ages, then every `everyMs`; from notice `escalateFrom` (0 is the first) the escalation too. */
    notices: Type.Optional(
      Type.Object(
        {
          afterMs: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 })),
          everyMs: Type.Optional(Type.Integer({ minimum: 60_000 })),
          escalateFrom: Type.Optional(Whole),
        },
        closed,
      ),
    ),
    ...growth,
  },
  closed,
);
export type Topology = Static<typeof Topology>;

/** The names that exist. */
export interface Known {
  readonly services: readonly string[];
  readonly integrations: readonly string[];
  readonly simulators: readonly string[];
  /** What a process may show to the world. */
  readonly edges: readonly string[];
  /** By integration: the service that it works beside, in the process that leads it. */
  readonly besides: Readonly<Record<string, string>>;
}

/** Reads a topology file and checks its form, and its names against what exists. Throws a SetupFault. */
export function readTopology(file: string, known: Known): Topology {
  const topology = checkedForm(file, parsed(file));
  const { services, integrations } = topology;
  const simulated = Object.keys(integrations).filter((name) => integrations[name]?.simulator !== undefined);
  checkNames(file, 'services', Object.keys(services), known.services);
  checkNames(file, 'integrations', Object.keys(integrations), known.integrations);
  checkNames(file, 'simulators', simulated, known.simulators);
  for (const [process, { edges = [] }] of Object.entries(topology.processes ?? {}))
    checkNames(file, `edges of the process ${process}`, edges, known.edges);
  return topology;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(file);
    throw new SetupFault(`The topology ${file} cannot be read: ${(error as Error).message}.`);
  }
}

function missing(file: string): SetupFault {
  const folder = dirname(file);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const others = names.length === 0 ? 'name another file' : `in its folder there are ${names.sort().join(', ')}`;
  return new SetupFault(`There is no topology ${file}: ${others}.`);
}

function checkedForm(file: string, topology: unknown): Topology {
  const errors = Value.Errors(Topology, topology);
  if (errors.length === 0) return topology as Topology;
  throw new SetupFault(`The topology ${file} is ${wrongForm(errors)}.`);
}

function checkNames(file: string, kind: string, named: readonly string[], existing: readonly string[]): void {
  const stranger = named.find((name) => !existing.includes(name));
  if (stranger === undefined) return;
  throw new SetupFault(
    `The topology ${file} names "${stranger}" among its ${kind}, which does not exist: use ${existing.join(', ')}.`,
  );
}
