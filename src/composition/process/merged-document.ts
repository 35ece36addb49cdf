import { Type } from 'typebox';
import { guardInside } from '../../platform/http/inside.ts';
import type { HttpRoutes, HttpServer } from '../../platform/http/port.ts';
import type { Membership } from '../../platform/membership/port.ts';
import type { ServiceDoor } from './service-door.ts';

interface OpenApiDocument {
  readonly paths?: Readonly<Record<string, object>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
  readonly tags?: readonly { readonly name: string }[];
}

const PATH = '/internal/openapi';
const LAST_TAGS: readonly string[] = ['admin', 'operations'];
const TIMEOUT_MS = 5_000;

/** Where peers ask for a service's part of the OpenAPI document. */
export function documentRoutes(doors: ReadonlyMap<string, Pick<ServiceDoor, 'document'>>, token: string): HttpRoutes {
  return (http) => {
    guardInside(http, token);
    http.get(
      `${PATH}/:service`,
      { schema: { hide: true, params: Type.Object({ service: Type.String() }) } },
      async ({ params: { service } }, reply) => {
        const door = doors.get(service);
        if (door === undefined) return reply.code(421).send();
        return reply.header('content-type', 'application/json').send(JSON.stringify(door.document()));
      },
    );
  };
}

/**
 * The OpenAPI document of the whole shop, put together from what its processes document of the services that they lead. A service
 * that nobody leads just now is left out.
 */
export async function wholeDocument(
  http: HttpServer,
  doors: ReadonlyMap<string, Pick<ServiceDoor, 'document'>>,
  membership: Pick<Membership, 'known' | 'leaderOf'>,
  token: string,
): Promise<object> {
  const parts = await Promise.all(
    [...membership.known().keys()].map(async (service): Promise<OpenApiDocument> => {
      const own = doors.get(service);
      if (own !== undefined) return own.document() as OpenApiDocument;
      const origin = membership.leaderOf(service)?.origin;
      if (origin === undefined) return {};
      const headers = { authorization: `Bearer ${token}` };
      const asked = fetch(`${origin}${PATH}/${service}`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      return asked.then(
        async (answer) => (answer.ok ? ((await answer.json()) as OpenApiDocument) : {}),
        () => ({}),
      );
    }),
  );
  const own = http.swagger() as OpenApiDocument;
  return [own, ...parts].reduce<OpenApiDocument>(merged, own);
}

function merged(whole: OpenApiDocument, part: OpenApiDocument): OpenApiDocument {
  const tags = new Map([...(whole.tags ?? []), ...(part.tags ?? [])].map((tag) => [tag.name, tag]));
  const isLast = ({ name }: { readonly name: string }) => LAST_TAGS.indexOf(name);
  return {
    ...whole,
    paths: { ...part.paths, ...whole.paths },
    components: {
      ...part.components,
      ...whole.components,
      schemas: { ...part.components?.schemas, ...whole.components?.schemas },
    },
    tags: [...tags.values()].sort((a, b) => isLast(a) - isLast(b)),
  };
}
