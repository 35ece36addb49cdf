import { Type } from 'typebox';
import { TimeMs } from '../../contracts/shapes.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import type { ViewStatus } from '../../platform/views/port.ts';

const ShownView = Type.Object({
  service: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  generation: Type.Integer(),
  lagEvents: Type.Integer(),
  lagMs: Type.Number(),
  stopped: Type.Optional(Type.String({ description: 'Why it applies nothing any more; it serves what it has.' })),
  rebuilding: Type.Optional(
    Type.Object({ generation: Type.Integer(), appliedEvents: Type.Integer(), totalEvents: Type.Integer() }),
  ),
});

export interface ViewParts {
  readonly status: () => Promise<readonly ViewStatus[]>;
  /** Begins a rebuild; while one is under way it begins no other. */
  readonly rebuild: (service: string, view: string) => Promise<Outcome<ViewStatus>>;
  readonly now: () => number;
}

/** The read models: how far behind each is, and building one anew while it serves. */
export function viewRoutes({ status, rebuild, now }: ViewParts): HttpRoutes {
  return (http) => {
    http.get(
      '/console/api/views',
      {
        schema: {
          summary: 'Every view, how far it lags, and what is being rebuilt',
          response: { 200: Type.Object({ at: TimeMs, items: Type.Array(ShownView) }) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return { at: now(), items: [...(await status())] };
      },
    );

    http.post(
      '/console/api/views/:service/:view/rebuild',
      {
        schema: {
          summary: 'Rebuild a view beside itself while it serves; asking again while it is under way begins no other',
          params: Type.Object({ service: Type.String({ maxLength: 200 }), view: Type.String({ maxLength: 200 }) }),
          response: { 202: ShownView },
        },
        config: { problems: ['unknown_view'] },
      },
      async ({ params }, reply) => reply.code(202).send(answerOf(await rebuild(params.service, params.view))),
    );
  };
}
