import type { FastifyReply } from 'fastify';
import { type TObject, type TProperties, Type } from 'typebox';
import type { JsonObject } from '../../kernel/json.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { keepOf, type PageCache, type RenderedPage } from '../showing/page-cache.ts';
import type { Gathered } from '../showing/pipeline.ts';
import { type Asked, askedBy, COMMON_QUERY, commonHeaders } from './asked.ts';
import type { Dialect } from './dialect.ts';

/** A screen as a value: one call gathers all that it shows. */
export interface Screen {
  /** After `/{platform}/v1`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: TProperties;
  readonly query?: TProperties;
  readonly view: TProperties;
  /** `shared`: the same for everybody. `own`: one shopper's. */
  readonly keep: 'shared' | 'own';
  /** Of a shared one that many ask for alike: it lies ready here until what it shows changes. */
  readonly ready?: true;
  readonly problems?: readonly string[];
  readonly gather: (asked: Asked<never, never>) => Promise<Gathered<JsonObject>>;
}

export const Missing = Type.Array(Type.String(), {
  description: 'The parts that could not be had in time; what stands in their place is empty. Ask again later.',
});

/** A screen's answer, with the parts that it has to do without. */
export function viewOf(view: TProperties): TObject {
  return Type.Object({ ...view, missing: Missing });
}

/** Sends a gathered view; an answer that misses a part is not to be kept. */
export function shown<View>({ view, missing }: Gathered<View>, reply: FastifyReply): View & { missing: string[] } {
  if (missing.length > 0) reply.header('cache-control', 'no-store');
  // The serializer that schemas are compiled to looks into every `anyOf` anew: it takes longer than the whole screen.
  reply.header('content-type', 'application/json; charset=utf-8').serializer(JSON.stringify);
  return { ...view, missing: [...missing] };
}

/** A screen at its address. */
export function screenRoutes(screen: Screen, dialect: Dialect, cache: Pick<PageCache, 'get'>): HttpRoutes {
  const { path, tag, summary, description, params, query = {}, view, keep, ready, problems = [] } = screen;
  const questions = Object.keys(query);

  /** What is asked, as everybody who asks the same spells it. */
  const keyOf = ({ language, currency, device, params: named, query: given }: Asked): string =>
    JSON.stringify([path, named, language, currency, device, questions.map((each) => (given as JsonObject)[each])]);

  async function render(asked: Asked): Promise<RenderedPage> {
    const gathered = await screen.gather(asked as never);
    const text = JSON.stringify({ ...gathered.view, missing: gathered.missing });
    return { text, tags: gathered.tags, keep: keepOf(gathered) };
  }

  return (http) => {
    http.get(
      `/${dialect.platform}/v1${path}`,
      {
        schema: {
          ...{ tags: [tag], summary },
          ...(description && { description }),
          ...(params && { params: Type.Object(params) }),
          querystring: Type.Object({ ...query, ...COMMON_QUERY }),
          headers: Type.Object(commonHeaders(dialect)),
          response: { 200: viewOf(view) },
        },
        config: { keep, problems },
      },
      async (request, reply) => {
        const asked = askedBy(request, dialect);
        if (ready === undefined) return shown(await screen.gather(asked as never), reply);
        const page = await cache.get(keyOf(asked), () => render(asked));
        if (page.kept) reply.header('etag', page.etag);
        else reply.header('cache-control', 'no-store');
        return reply.header('content-type', 'application/json; charset=utf-8').send(page.bytes as never);
      },
    );
  };
}
