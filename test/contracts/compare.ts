import { dereferenced } from './dereferenced.ts';

/** A JSON Schema, as far as it is looked into here. */
interface Schema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly [limit: string]: unknown;
}

interface Operation {
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

export interface OpenApiDocument {
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What of a contract has changed: `broken` is what an app of yesterday trips over, `added` what it will not notice. */
export interface Comparison {
  readonly broken: readonly string[];
  readonly added: readonly string[];
}

/** What the app sends must still be taken, and what it reads must still come. */
type Direction = 'sent' | 'read';

/** Compares a contract with the one that apps were written against. */
export function compareContracts(before: OpenApiDocument, now: OpenApiDocument): Comparison {
  return comparePaths(pathsOf(before), pathsOf(now));
}

type Paths = OpenApiDocument['paths'];

function pathsOf({ paths, components }: OpenApiDocument): Paths {
  return dereferenced(paths, components?.schemas ?? {});
}

function comparePaths(before: Paths, now: Paths): Comparison {
  const broken: string[] = [];
  const added: string[] = [];
  for (const [path, methods] of Object.entries(now))
    for (const method of Object.keys(methods))
      if (before[path]?.[method] === undefined) added.push(`${method.toUpperCase()} ${path}`);
  for (const [path, methods] of Object.entries(before)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path}`;
      const found = now[path]?.[method];
      if (found === undefined) broken.push(`${name} is gone`);
      else compareOperations(name, operation, found, { broken, added });
    }
  }
  return { broken, added };
}

interface Told {
  readonly broken: string[];
  readonly added: string[];
}

function compareOperations(name: string, before: Operation, now: Operation, told: Told): void {
  const { parameters = [] } = now;
  for (const { name: parameter, in: where, required, schema } of before.parameters ?? []) {
    const at = `${name}, ${where} ${parameter}`;
    const found = parameters.find((each) => each.name === parameter && each.in === where);
    if (found === undefined) {
      told.broken.push(`${at} is gone`);
      continue;
    }
    if (found.required && !required) told.broken.push(`${at} has become required`);
    compareSchemas(at, schema, found.schema, 'sent', told);
  }
  for (const { name: parameter, in: where, required } of parameters) {
    if (before.parameters?.some((each) => each.name === parameter && each.in === where)) continue;
    (required ? told.broken : told.added).push(
      `${name}, ${where} ${parameter}${required ? ' is new and required' : ''}`,
    );
  }
  const bodies = [before.requestBody, now.requestBody].map((body) => Object.values(body?.content ?? {})[0]?.schema);
  if (bodies[1] !== undefined) compareSchemas(`${name}, body`, bodies[0] ?? {}, bodies[1], 'sent', told);
  for (const [status, response] of Object.entries(before.responses)) {
    const at = `${name}, ${status}`;
    const found = now.responses[status];
    if (found === undefined) {
      told.broken.push(`${at} is gone`);
      continue;
    }
    for (const [type, { schema }] of Object.entries(response.content ?? {})) {
      const other = found.content?.[type]?.schema;
      if (other === undefined) told.broken.push(`${at} is no ${type} any more`);
      else compareSchemas(at, schema, other, 'read', told);
    }
  }
  for (const status of Object.keys(now.responses))
    if (before.responses[status] === undefined) told.added.push(`${name}, ${status}`);
}

/** Of what is sent these may only grow, of what is read nobody asks. */
const MOST = ['maxLength', 'maximum', 'maxItems'];
const LEAST = ['minLength', 'minimum', 'minItems'];

function compareSchemas(at: string, before: Schema, now: Schema, direction: Direction, told: Told): void {
  const { broken } = told;
  if (JSON.stringify(before.type) !== JSON.stringify(now.type))
    return void broken.push(`${at} is no ${String(before.type ?? 'choice')} any more`);
  if (before.const !== now.const) broken.push(`${at} is no ${String(before.const)} any more`);
  compareChoices(at, before.enum, now.enum, direction, told);
  compareAlternatives(at, before.anyOf, now.anyOf, direction, told);
  if (direction === 'sent') {
    if (now.pattern !== undefined && now.pattern !== before.pattern) broken.push(`${at} must fit another pattern`);
    for (const limit of MOST) {
      const [old = Number.POSITIVE_INFINITY, most] = [before[limit], now[limit]] as (number | undefined)[];
      if (most !== undefined && most < old) broken.push(`${at} has a smaller ${limit}`);
    }
    for (const limit of LEAST) {
      const [old = Number.NEGATIVE_INFINITY, least] = [before[limit], now[limit]] as (number | undefined)[];
      if (least !== undefined && least > old) broken.push(`${at} has a larger ${limit}`);
    }
  }
  if (before.items !== undefined && now.items !== undefined)
    compareSchemas(`${at}[]`, before.items, now.items, direction, told);
  compareMembers(at, before, now, direction, told);
}

function compareMembers(at: string, before: Schema, now: Schema, direction: Direction, told: Told): void {
  const { properties: old = {}, required: neededBefore = [] } = before;
  const { properties = {}, required = [] } = now;
  for (const [name, schema] of Object.entries(old)) {
    const member = properties[name];
    if (member === undefined) {
      told.broken.push(`${at}.${name} is gone`);
      continue;
    }
    const [was, is] = [neededBefore.includes(name), required.includes(name)];
    if (direction === 'read' && was && !is) told.broken.push(`${at}.${name} may be missing now`);
    if (direction === 'sent' && is && !was) told.broken.push(`${at}.${name} has become required`);
    compareSchemas(`${at}.${name}`, schema, member, direction, told);
  }
  for (const name of Object.keys(properties)) {
    if (old[name] !== undefined) continue;
    if (direction === 'sent' && required.includes(name)) told.broken.push(`${at}.${name} is new and required`);
    else told.added.push(`${at}.${name}`);
  }
}

/** An app knows the values that it may read, and sends those that it knows. */
function compareChoices(
  at: string,
  before: readonly unknown[] | undefined,
  now: readonly unknown[] | undefined,
  direction: Direction,
  { broken, added }: Told,
): void {
  if (before === undefined && now === undefined) return;
  const [old, current] = [before ?? [], now ?? []];
  const [must, may, words] =
    direction === 'sent' ? [old, current, 'is not taken any more'] : [current, old, 'is a new value'];
  for (const value of must) if (!may.includes(value)) broken.push(`${at}: ${String(value)} ${words}`);
  for (const value of may) if (!must.includes(value)) added.push(`${at}: ${String(value)}`);
}

function compareAlternatives(
  at: string,
  before: readonly Schema[] | undefined,
  now: readonly Schema[] | undefined,
  direction: Direction,
  told: Told,
): void {
  if (before === undefined && now === undefined) return;
  const [old, current] = [before ?? [], now ?? []];
  const fewer = direction === 'sent' ? current.length < old.length : current.length > old.length;
  if (fewer) told.broken.push(`${at} has ${current.length} alternatives, not ${old.length}`);
  for (const [index, schema] of old.entries()) {
    const other = current[index];
    if (other !== undefined) compareSchemas(at, schema, other, direction, told);
  }
}
