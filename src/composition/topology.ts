import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { SetupFault } from './fault.ts';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][a-z-]*$' });
const Part = Type.Object(
  {
    /** Handed to the part, which validates them. */
    settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** `demo`: runs only where the demonstration is on. */
    when: Type.Optional(Type.Literal('demo')),
  },
  closed,
);
const Program = Type.Object(
  {
    /** Environment of the program beside its port. */
    env: Type.Optional(Type.Record(Type.String(), Type.String())),
    when: Type.Optional(Type.Literal('demo')),
  },
  closed,
);

/** What runs where, on what: data, no code. */
export const Topology = Type.Object(
  {
    name: Name,
    /** Log partitions of each service; fixed with the first start. */
    partitions: Type.Integer({ minimum: 1, maximum: 64 }),
    /** Connections to the database that each service may hold. */
    connectionsPerService: Type.Integer({ minimum: 2, maximum: 100 }),
    services: Type.Record(Name, Part),
    integrations: Type.Record(Name, Part),
    /** Other companies' systems, simulated by programs of their own; started and supervised beside the shop. */
    programs: Type.Record(Name, Program),
  },
  closed,
);
export type Topology = Static<typeof Topology>;

/** Reads a topology file and checks its form and its names against what exists. Throws a SetupFault. */
export function readTopology(
  file: string,
  known: Readonly<Record<'services' | 'integrations' | 'programs', readonly string[]>>,
): Topology {
  const topology = parse(file);
  const [error] = Value.Errors(Topology, topology);
  if (error !== undefined)
    throw new SetupFault(`The topology ${file} is wrong at ${error.instancePath || '/'}: it ${error.message}.`);
  const valid = topology as Topology;
  for (const kind of ['services', 'integrations', 'programs'] as const) {
    const stranger = Object.keys(valid[kind]).find((name) => !known[kind].includes(name));
    if (stranger !== undefined)
      throw new SetupFault(
        `The topology ${file} names ${stranger} under ${kind}, which does not exist: use one of ${known[kind].join(', ')}.`,
      );
  }
  return valid;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SetupFault(`The topology ${file} cannot be read: ${(error as Error).message}.`);
  }
}
