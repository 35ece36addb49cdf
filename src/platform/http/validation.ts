import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** What of a JSON Schema coercion looks at. */
interface PropertySchema {
  readonly type?: string;
  readonly default?: unknown;
}

/**
 * Compiles a route's schemas. Bodies are taken as they are; what comes as text (query, path, headers) is read as the number or
 * boolean that its schema asks for, and a missing query parameter gets its default.
 */
export const schemaCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  const read = httpPart === 'body' ? undefined : textReader(schema);
  return (given: unknown) => {
    const value = read === undefined ? given : read(given);
    if (validator.Check(value)) return { value };
    return { error: validator.Errors(value) as FastifySchemaValidationError[] };
  };
};

/** Turns an object of texts into one of the types its schema names; a text that is no such value stays, to be refused. */
function textReader(schema: TSchema): ((given: unknown) => unknown) | undefined {
  const { properties = {} } = schema as { properties?: Readonly<Record<string, PropertySchema>> };
  const steps = Object.entries(properties).flatMap(([name, property]) => {
    const parse = parserOf(property.type);
    return parse === undefined && property.default === undefined ? [] : [{ name, parse, fallback: property.default }];
  });
  if (steps.length === 0) return undefined;
  return (given) => {
    const value = { ...(given as Record<string, unknown>) };
    for (const { name, parse, fallback } of steps) {
      const text = value[name];
      if (text === undefined) {
        if (fallback !== undefined) value[name] = fallback;
      } else if (parse !== undefined) value[name] = parse(text);
    }
    return value;
  };
}

function parserOf(type: string | undefined): ((text: unknown) => unknown) | undefined {
  switch (type) {
    case 'integer':
    case 'number':
      return (text) => (typeof text === 'string' && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text);
    case 'boolean':
      return (text) => (text === 'true' ? true : text === 'false' ? false : text);
    case 'array':
      return (text) => (typeof text === 'string' ? [text] : text);
    default:
      return undefined;
  }
}
