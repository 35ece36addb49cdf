import swagger from '@fastify/swagger';
import type { FastifySchema, RouteOptions } from 'fastify';
import { documentedUrl, documentOperations } from './openapi.ts';
import { problemExamples, problemSchema } from './openapi-operation.ts';
import type { HttpServer } from './port.ts';
import type { ProblemCatalogue } from './problem-answers.ts';

export interface OwnDocument {
  /** Where the document is served, e.g. `/console/openapi.json`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly problems: ProblemCatalogue;
  /** The name of the cookie that signs whoever calls in. */
  readonly cookie?: string;
  /** Of the bearer token by which callers show who they are. */
  readonly bearer?: string;
}

/**
 * Gives the routes of a scope an OpenAPI 3.1 document of their own, beside that of the public API, which does not show them.
 * Call it first in the scope: only routes that are registered later are documented.
 */
export async function ownDocument(scope: HttpServer, options: OwnDocument): Promise<void> {
  const { path, title, description, version, problems, cookie, bearer } = options;
  const routes = new Map<string, RouteOptions>();
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, documentedIn: path };
    if (cookie !== undefined) route.schema = { security: [{ session: [] }], ...route.schema } as FastifySchema;
    for (const method of [route.method].flat()) routes.set(`${method} ${documentedUrl(route.url)}`, route);
  });

  const decorator = `document ${path}`;
  await scope.register(swagger, {
    decorator: decorator as 'swagger',
    openapi: {
      openapi: '3.1.0',
      info: { title, version, description },
      servers: [{ url: '/' }],
      components: {
        ...(cookie !== undefined && {
          securitySchemes: { session: { type: 'apiKey' as const, in: 'cookie' as const, name: cookie } },
        }),
        ...(bearer !== undefined && {
          securitySchemes: { guest: { type: 'http' as const, scheme: 'bearer', description: bearer } },
        }),
        schemas: { Problem: problemSchema(Object.keys(problems)) },
        examples: problemExamples(problems),
      },
    },
    convertConstToEnum: false,
    transformObject(document) {
      if (!('openapiObject' in document)) throw new Error('expected an OpenAPI document');
      const { openapiObject } = document;
      documentOperations(openapiObject.paths ?? {}, routes, problems);
      const schemas: Record<string, unknown> = { ...openapiObject.components?.schemas };
      const paths = withNamedSchemas(openapiObject.paths, schemas);
      return { ...openapiObject, paths, components: { ...openapiObject.components, schemas } } as typeof openapiObject;
    },
  });

  let text: string | undefined;
  scope.get(path, { schema: { hide: true } }, async (_request, reply) => {
    text ??= JSON.stringify((scope as unknown as Record<string, () => object>)[decorator]?.());
    return reply.header('content-type', 'application/json; charset=utf-8').send(text);
  });
}

/** The same with every schema that has a title in `schemas` under that name, so that programs have one type for it. */
function withNamedSchemas(part: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(part)) return part.map((each) => withNamedSchemas(each, schemas));
  if (typeof part !== 'object' || part === null) return part;
  const inside = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withNamedSchemas(value, schemas)]),
  );
  const { title } = inside;
  if (typeof title !== 'string' || (inside.type === undefined && inside.anyOf === undefined)) return inside;
  schemas[title] = inside;
  return { $ref: `#/components/schemas/${title}` };
}
