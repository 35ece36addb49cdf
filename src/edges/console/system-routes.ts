import { type Static, Type } from 'typebox';
import { TimeMs } from '../../contracts/shapes.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import type { Readiness } from '../../platform/http/readiness.ts';

export const Setting = Type.Object({
  name: Type.String(),
  value: Type.String({ description: 'As it is in force; of a secret only whether there is one.' }),
  secret: Type.Boolean(),
  source: Type.Union(
    [Type.Literal('environment'), Type.Literal('default'), Type.Literal('kept'), Type.Literal('topology')],
    {
      description: '`kept`: made at the first start and kept in the data folder.',
    },
  ),
});
export type Setting = Static<typeof Setting>;

export const Process = Type.Object({
  pid: Type.Integer(),
  version: Type.String(),
  node: Type.String(),
  platform: Type.String(),
  startedAt: TimeMs,
  uptimeMs: Type.Number(),
  memory: Type.Object({ rssBytes: Type.Integer(), heapUsedBytes: Type.Integer(), heapTotalBytes: Type.Integer() }),
  eventLoop: Type.Object({
    p50Ms: Type.Number(),
    p99Ms: Type.Number(),
    maxMs: Type.Number(),
    utilization: Type.Number({ description: 'Share of the time since the start in which it was busy.' }),
  }),
});
export type Process = Static<typeof Process>;

export const ServiceSettings = Type.Object({
  name: Type.String(),
  kind: Type.Union([Type.Literal('service'), Type.Literal('integration')]),
  settings: Type.Array(Setting),
  log: Type.Optional(Type.Object({ partitions: Type.Integer(), epoch: Type.String(), events: Type.Integer() })),
});
export type ServiceSettings = Static<typeof ServiceSettings>;

const System = Type.Object({
  ready: Type.Boolean(),
  phase: Type.String(),
  parts: Type.Array(
    Type.Object({
      part: Type.String(),
      ok: Type.Boolean(),
      detail: Type.Optional(Type.String()),
    }),
  ),
  process: Process,
  settings: Type.Array(Setting),
  services: Type.Array(ServiceSettings),
});

export interface SystemParts {
  readonly readiness: Pick<Readiness, 'read'>;
  readonly process: () => Process;
  readonly settings: () => readonly Setting[];
  readonly services: () => Promise<readonly ServiceSettings[]>;
}

/** The health and the settings of every part. */
export function systemRoutes({ readiness, process, settings, services }: SystemParts): HttpRoutes {
  return (http) => {
    http.get(
      '/console/api/system',
      { schema: { summary: 'Health and settings of every part', response: { 200: System } } },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        const [{ ready, phase, parts }, ofServices] = await Promise.all([readiness.read(), services()]);
        return {
          ...{ ready, phase, process: process(), settings: [...settings()], services: [...ofServices] },
          parts: parts.map(({ part, ok, detail }) => ({
            ...{ part, ok },
            ...(detail !== undefined && { detail: inWords(detail) }),
          })),
        };
      },
    );
  };
}

/** What a check says, in a line. */
function inWords(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (Array.isArray(detail)) return detail.map(inWords).join(', ');
  if (typeof detail !== 'object' || detail === null) return JSON.stringify(detail);
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${inWords(value)}`)
    .join(', ');
}
