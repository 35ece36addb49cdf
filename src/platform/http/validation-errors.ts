import type { FastifySchemaValidationError } from 'fastify';

/** One thing that does not fit, in plain words; `path` is where, e.g. `body/lines/0/quantity`. */
export type FieldError = { readonly path: string; readonly message: string };

/** The validator's errors in plain words, one or more for each field. Values that were sent are never repeated. */
export function fieldErrors(part: string, errors: readonly FastifySchemaValidationError[]): readonly FieldError[] {
  const said = errors.flatMap((error) => {
    const path = `${part}${error.instancePath}`;
    if (error.keyword === 'required') return each(path, error.params.requiredProperties, 'is required');
    if (error.keyword === 'additionalProperties') {
      return each(path, error.params.additionalProperties, 'is not a field that is known here');
    }
    const message = messageOf(error, errors);
    return message === undefined ? [] : [{ path, message }];
  });
  const unique = new Map(said.map((error) => [`${error.path} ${error.message}`, error]));
  return [...unique.values()];
}

function each(path: string, names: unknown, message: string): readonly FieldError[] {
  return (Array.isArray(names) ? names : []).map((name) => ({ path: `${path}/${name}`, message }));
}

const TYPES: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function messageOf(
  error: FastifySchemaValidationError,
  all: readonly FastifySchemaValidationError[],
): string | undefined {
  const { limit, type, format } = error.params as { limit?: unknown; type?: unknown; format?: unknown };
  switch (error.keyword) {
    case 'type':
      return isAlternative(error, all) ? undefined : `must be ${types(type)}`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'exclusiveMinimum':
      return `must be more than ${limit}`;
    case 'exclusiveMaximum':
      return `must be less than ${limit}`;
    case 'minLength':
      return `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'minItems':
      return `must have at least ${limit} entries`;
    case 'maxItems':
      return `must have at most ${limit} entries`;
    case 'minProperties':
      return `must have at least ${limit} fields`;
    case 'pattern':
      return 'does not have the form that is asked for';
    case 'format':
      return `must be a valid ${format}`;
    case 'enum':
      return `must be one of ${list((error.params as { allowedValues?: unknown }).allowedValues)}`;
    case 'const':
      return isAlternative(error, all) ? undefined : `must be ${JSON.stringify(error.params.allowedValue)}`;
    case 'anyOf':
    case 'oneOf':
      return alternatives(error, all);
    case 'boolean':
      return undefined;
    default:
      return error.message ?? 'does not fit';
  }
}

function types(type: unknown): string {
  const names = Array.isArray(type) ? type : [type];
  return names.map((name) => TYPES[String(name)] ?? String(name)).join(' or ');
}

/** An error of one branch of a choice; the choice itself says what may stand there. */
function isAlternative(error: FastifySchemaValidationError, all: readonly FastifySchemaValidationError[]): boolean {
  return all.some((other) => /^(any|one)Of$/.test(other.keyword) && isBranch(error, other));
}

function isBranch(error: FastifySchemaValidationError, choice: FastifySchemaValidationError): boolean {
  return (
    error.instancePath === choice.instancePath && error.schemaPath.startsWith(`${choice.schemaPath}/${choice.keyword}/`)
  );
}

function alternatives(choice: FastifySchemaValidationError, all: readonly FastifySchemaValidationError[]): string {
  const branches = all.filter((error) => isBranch(error, choice));
  const values = branches.filter((error) => error.keyword === 'const').map((error) => error.params.allowedValue);
  if (values.length === branches.length && values.length > 0) return `must be one of ${list(values)}`;
  return 'is none of the forms that are allowed here';
}

function list(values: unknown): string {
  return (Array.isArray(values) ? values : []).map((value) => JSON.stringify(value)).join(', ');
}
