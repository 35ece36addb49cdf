import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { RouteOptions } from 'fastify';
import { documentedOperation, type Operation, problemExamples, problemSchema } from './openapi-operation.ts';
import { docsTheme } from './page-style.ts';
import type { HttpServer } from './port.ts';
import type { ProblemCatalogue } from './problem-answers.ts';

/** What the OpenAPI document says of the whole API. */
export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly tags?: readonly { readonly name: string; readonly description: string }[];
}

/** Serves the OpenAPI 3.1 document of all routes at `/openapi.json` and a page to read and try it at `/docs`. */
export async function openApi(http: HttpServer, info: ApiInfo, problems: ProblemCatalogue): Promise<void> {
  const routes = new Map<string, RouteOptions>();
  http.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) routes.set(`${method} ${documentedUrl(route.url)}`, route);
  });

  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: info.title, version: info.version, description: info.description },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          guest: {
            type: 'http',
            scheme: 'bearer',
            description: 'The `token` that came with the first cart. It opens that shopper’s carts and orders.',
          },
          admin: {
            type: 'http',
            scheme: 'bearer',
            description: 'The token of whoever runs the shop (`JANGTEO_ADMIN_TOKEN`).',
          },
        },
        schemas: { Problem: problemSchema(Object.keys(problems)) },
        examples: problemExamples(problems),
      },
    },
    convertConstToEnum: false,
    // What has a document of its own is no part of the public API.
    transform: ({ schema, url, route }) => ({
      schema: route.config?.documentedIn === undefined ? schema : { ...schema, hide: true },
      url,
    }),
    transformObject(document) {
      if (!('openapiObject' in document)) throw new Error('expected an OpenAPI document');
      const { openapiObject } = document;
      const { paths = {} } = openapiObject;
      documentOperations(paths, routes, problems);
      return { ...openapiObject, tags: tagsInOrder(info, paths) };
    },
  });

  let document: string | undefined;
  http.get(
    '/openapi.json',
    { schema: { tags: ['operations'], summary: 'This document: OpenAPI 3.1 of every address' } },
    async (_request, reply) => {
      document ??= JSON.stringify(http.swagger());
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('access-control-allow-origin', '*')
        .send(document);
    },
  );

  await http.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    uiConfig: {
      docExpansion: 'list',
      deepLinking: true,
      defaultModelsExpandDepth: 0,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      validatorUrl: null,
    },
    theme: docsTheme(info.title),
    logo: {
      type: 'image/svg+xml',
      content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'),
      href: '/',
      target: '_self',
    },
  });
}

/** Adds to each operation what every route shares. */
export function documentOperations(
  paths: object,
  routes: ReadonlyMap<string, RouteOptions>,
  problems: ProblemCatalogue,
): void {
  for (const [url, path] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries((path ?? {}) as Record<string, Operation>)) {
      const route = routes.get(`${method.toUpperCase()} ${url}`);
      if (route !== undefined) Object.assign(path, { [method]: documentedOperation(operation, route, problems) });
    }
  }
}

const LAST_TAGS: readonly string[] = ['admin', 'operations'];

/** The tags that the document's readers meet: those described first, then as the routes come; operators' tags at the end. */
function tagsInOrder(info: ApiInfo, paths: object): { name: string; description?: string }[] {
  const operations = Object.values(paths).flatMap((path) => Object.values(path as Record<string, Operation>));
  const used = new Set(operations.flatMap(({ tags = [] }) => tags));
  const described = (info.tags ?? []).filter(({ name }) => used.has(name)).map((tag) => ({ ...tag }));
  const others = [...used].filter((name) => !described.some((tag) => tag.name === name)).map((name) => ({ name }));
  const isLast = ({ name }: { name: string }) => LAST_TAGS.indexOf(name);
  return [...described, ...others].sort((a, b) => isLast(a) - isLast(b));
}

/** Swagger UI sets styles on elements, and tries the API of its own origin. */
const DOCS_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** `/v1/carts/:cartId` as OpenAPI writes it: `/v1/carts/{cartId}`. */
export function documentedUrl(url: string): string {
  return url.replace(/:([A-Za-z0-9_]+)/g, '{$1}');
}
