import { STATUS_CODES } from 'node:http';
import type { RouteOptions } from 'fastify';
import type { ProblemCatalogue } from './problem-answers.ts';

/** What of an OpenAPI operation is read here. */
export interface Operation {
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses?: Readonly<Record<string, unknown>>;
  readonly security?: readonly object[];
  readonly requestBody?: unknown;
}

const WRITES: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
const ALWAYS = ['malformed_request', 'invalid_text', 'internal_error', 'unavailable'] as const;

/** The shape of every problem (RFC 9457). */
export function problemSchema(codes: readonly string[]): object {
  const text = (description: string) => ({ type: 'string', description });
  return {
    type: 'object',
    description: 'A problem by RFC 9457. A program reacts to `code`, which never changes; the texts may.',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: text('The address that explains this kind of problem: `/problems/<code>`.'),
      title: text('What kind of problem it is.'),
      status: { type: 'integer', description: 'The HTTP status, once more.' },
      detail: text('What is the matter with this request, for a person.'),
      instance: text('The path that was asked for.'),
      code: { type: 'string', enum: [...codes] },
      requestId: text('Quote it when you report a fault.'),
      errors: {
        type: 'array',
        description: 'With `validation_failed`: what does not fit, field by field.',
        items: {
          type: 'object',
          required: ['path', 'message'],
          properties: { path: text('Where, e.g. `body/quantity`.'), message: text('What should be there.') },
        },
      },
    },
  };
}

/** One example of each problem. */
export function problemExamples(catalogue: ProblemCatalogue): Readonly<Record<string, { readonly value: object }>> {
  return Object.fromEntries(
    Object.entries(catalogue).map(([code, { status, title }]) => [
      code,
      { value: { type: `/problems/${code}`, title, status, detail: `${title}.`, code } },
    ]),
  );
}

/** An operation with what every route shares: its problems, the headers it understands, whose token it takes. */
export function documentedOperation(operation: Operation, route: RouteOptions, catalogue: ProblemCatalogue): Operation {
  const method = String(route.method);
  const isAdmin = route.url.startsWith('/v1/admin');
  const security = operation.security ?? securityOf(route, isAdmin);
  const codes = problemCodes(operation, route, method, isAdmin, security !== undefined);
  return {
    ...operation,
    tags: isAdmin ? ['admin'] : (operation.tags ?? [tagOf(route.url)]),
    ...(security === undefined ? {} : { security }),
    parameters: [...(operation.parameters ?? []), ...headersOf(operation, route, method)],
    responses: { ...described(operation.responses), ...problemResponses(codes, catalogue) },
  };
}

/** A route outside `/v1/admin` that may answer `unauthorized` asks for a guest's token. */
function securityOf(route: RouteOptions, isAdmin: boolean): readonly object[] | undefined {
  if (isAdmin) return [{ admin: [] }];
  return route.config?.problems?.includes('unauthorized') ? [{ guest: [] }] : undefined;
}

/** `orders` of `/v1/orders/:orderId`. */
function tagOf(url: string): string {
  return url.split('/').find((part) => part !== '' && part !== 'v1') ?? 'shop';
}

function problemCodes(
  operation: Operation,
  route: RouteOptions,
  method: string,
  isAdmin: boolean,
  takesToken: boolean,
): readonly string[] {
  const codes = new Set<string>([...ALWAYS, ...(route.config?.problems ?? [])]);
  const { schema } = route;
  if (schema?.body || schema?.querystring || schema?.params) codes.add('validation_failed');
  if (operation.requestBody !== undefined) codes.add('payload_too_large').add('unsupported_media_type');
  if (takesToken) codes.add('unauthorized');
  if (isAdmin) codes.add('forbidden');
  if (WRITES.includes(method) && route.url.startsWith('/v1/')) codes.add('idempotency_key_reused');
  if (route.config?.idempotencyKey === 'required') codes.add('idempotency_key_required');
  if (JSON.stringify(schema?.querystring ?? {}).includes('"cursor"')) codes.add('invalid_cursor');
  return [...codes];
}

/** Answers that say nothing of themselves are named by their status. */
function described(responses: Operation['responses'] = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const isSilent = (response as { description?: string }).description === 'Default Response';
      return [status, isSilent ? { ...(response as object), description: STATUS_CODES[status] ?? status } : response];
    }),
  );
}

/** One response a status; the description lists the codes that come with it. */
function problemResponses(codes: readonly string[], catalogue: ProblemCatalogue): Readonly<Record<string, unknown>> {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const kind = catalogue[code];
    if (kind === undefined) throw new Error(`a route names the problem ${code}, which is not in the catalogue`);
    byStatus.set(kind.status, [...(byStatus.get(kind.status) ?? []), code]);
  }
  const response = (ofStatus: readonly string[]) => ({
    description: ofStatus.map((code) => `\`${code}\`: ${catalogue[code]?.title}.`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(ofStatus.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  });
  return Object.fromEntries([...byStatus].map(([status, ofStatus]) => [String(status), response(ofStatus)]));
}

function headersOf(operation: Operation, route: RouteOptions, method: string): readonly { name: string; in: string }[] {
  const known = new Set((operation.parameters ?? []).map(({ name }) => name.toLowerCase()));
  const headers = [];
  if (WRITES.includes(method) && route.url.startsWith('/v1/')) {
    headers.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: route.config?.idempotencyKey === 'required',
      description:
        'A random text of yours, up to 255 characters, new for each wish. Asking again with the same key gives the same answer and does nothing twice.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    });
  }
  if (route.config?.waits === true) {
    headers.push({
      name: 'Prefer',
      in: 'header',
      required: false,
      description: '`wait=5` waits up to so many seconds for the outcome (at most 30).',
      schema: { type: 'string', pattern: '^wait=\\d+$' },
    });
  }
  return headers.filter(({ name }) => !known.has(name.toLowerCase()));
}
