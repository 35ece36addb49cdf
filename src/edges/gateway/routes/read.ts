import { Value } from 'typebox/value';
import { publicPath, type Route, RouteTable } from './schema.ts';

/** A table that cannot be used, with one sentence for each reason. */
export class RouteTableFault extends Error {
  override readonly name = 'RouteTableFault';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(`The route table cannot be used:\n${reasons.map((each) => `- ${each}`).join('\n')}`);
    this.reasons = reasons;
  }
}

/** The table that a file holds. Throws a RouteTableFault for what has not its form and for what contradicts itself. */
export function readRouteTable(text: string): RouteTable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RouteTableFault([`It is not JSON: ${(error as Error).message}.`]);
  }
  if (!Value.Check(RouteTable, value)) {
    const errors = [...Value.Errors(RouteTable, value)].map(
      ({ instancePath, message }) => `${instancePath || '/'} ${message}.`,
    );
    throw new RouteTableFault([...new Set(errors)]);
  }
  const reasons = [...contradictions(value)];
  if (reasons.length > 0) throw new RouteTableFault(reasons);
  return value;
}

function* contradictions({ routes, versions = {} }: RouteTable): Iterable<string> {
  const names = new Set<string>();
  const places = new Map<string, string>();
  for (const route of routes) {
    const id = `${route.name}${route.version === undefined ? '' : ` of ${route.version}`}`;
    if (names.has(id)) yield `Two routes are named ${id}.`;
    names.add(id);
    for (const method of route.methods ?? ['*']) {
      const place = `${method} ${publicPath(route).replaceAll(/\{[^}]*\}/g, '{}')}`;
      const other = places.get(place);
      if (other !== undefined) yield `${id} and ${other} stand at the same address.`;
      places.set(place, id);
    }
    yield* contradictionsOf(route, id);
    if (route.version !== undefined && versions[route.version] === undefined)
      yield `${id} belongs to a version that \`versions\` does not name.`;
  }
}

function* contradictionsOf(route: Route, id: string): Iterable<string> {
  if ((route.service === undefined) === (route.targets === undefined))
    yield `${id} needs either \`service\` or \`targets\`.`;
  if (route.targets?.every(({ weight }) => weight === 0)) yield `${id} leads nowhere: all weights are 0.`;
  if (route.hedge !== undefined && route.streams) yield `${id} streams, so it cannot be hedged.`;
  for (const fault of route.faults ?? []) {
    if (fault.header === undefined && fault.percent === undefined)
      yield `A fault of ${id} needs \`header\` or \`percent\`.`;
    if (fault.delayMs === undefined && fault.status === undefined)
      yield `A fault of ${id} needs \`delayMs\` or \`status\`.`;
  }
}
