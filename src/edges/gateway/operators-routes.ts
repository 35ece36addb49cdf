import { Type } from 'typebox';
import { LIMITS, TimeMs } from '../../contracts/shapes.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';
import { answerOf, Problem } from '../../platform/http/problem.ts';
import type { Readiness } from '../../platform/http/readiness.ts';
import type { Sagas } from '../../platform/sagas/port.ts';
import type { RecentTraces } from '../../platform/telemetry/port.ts';
import type { ViewStatus } from '../../platform/views/port.ts';

/** The views of all services, as composition knows them. */
export interface ViewDesk {
  status(): Promise<readonly ViewStatus[]>;
  /** Begins to rebuild a view beside itself; it serves meanwhile. Asking again while it is under way changes nothing. */
  rebuild(service: string, view: string): Promise<Outcome<ViewStatus>>;
}

export interface OperatorsParts {
  readonly views: ViewDesk;
  /** By service. */
  readonly sagas: Readonly<Record<string, Pick<Sagas, 'inFlight'>>>;
  readonly readiness: Readiness;
  readonly traces: RecentTraces;
}

const View = Type.Object({
  service: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  generation: Type.Integer(),
  lagEvents: Type.Integer({ description: 'Events not applied yet.' }),
  lagMs: Type.Number({ description: 'Age of the oldest event not applied yet.' }),
  rebuilding: Type.Optional(
    Type.Object({ generation: Type.Integer(), appliedEvents: Type.Integer(), totalEvents: Type.Integer() }),
  ),
});

const Saga = Type.Object({
  service: Type.String(),
  saga: Type.String(),
  id: Type.String(),
  phase: Type.String({ description: '`forward`, or `compensating` when it undoes what it did.' }),
  step: Type.String({ description: 'What is asked, or undone.' }),
  attempts: Type.Integer({ description: 'How often the step was asked without an answer.' }),
  startedAt: TimeMs,
  waitingSince: TimeMs,
  driven: Type.Boolean({ description: 'Whether this process drives it; its figures are as last recorded otherwise.' }),
  lastFailure: Type.Optional(Type.Object({ reason: Type.String(), at: TimeMs })),
  nextTryAt: Type.Optional(TimeMs),
  rejection: Type.Optional(Type.Object({ code: Type.String(), detail: Type.String() })),
});

const Span = Type.Object({
  name: Type.String(),
  spanId: Type.String(),
  parentSpanId: Type.Optional(Type.String()),
  startedAt: Type.Number(),
  durationMs: Type.Number(),
  failed: Type.Boolean(),
  attributes: Type.Record(Type.String(), Type.Unknown()),
});

const NoCursor = Type.Null({ description: 'All of them fit on one page.' });

/** What whoever runs the shop looks at beside the hospital: views, sagas, parts, traces. */
export function operatorsRoutes({ views, sagas, readiness, traces }: OperatorsParts): HttpRoutes {
  return (http) => {
    http.get(
      '/v1/admin/views',
      {
        schema: {
          summary: 'Every view, how far it lags, and what is being rebuilt',
          response: { 200: Type.Object({ items: Type.Array(View), nextCursor: NoCursor }) },
        },
      },
      async () => ({ items: [...(await views.status())], nextCursor: null }),
    );

    http.post(
      '/v1/admin/views/:name/rebuild',
      {
        schema: {
          summary: 'Rebuild a view beside itself while it serves',
          params: Type.Object({
            name: Type.String({ maxLength: 200, description: 'The view’s name, or `<service>.<name>`.' }),
          }),
          response: { 202: View },
        },
        config: { problems: ['unknown_view'] },
      },
      async ({ params }, reply) => {
        const { service, name } = viewNamed(await views.status(), params.name);
        return reply.code(202).send(answerOf(await views.rebuild(service, name)));
      },
    );

    http.get(
      '/v1/admin/sagas',
      {
        schema: {
          summary: 'Business transactions in flight, oldest first',
          querystring: Type.Object(
            {
              limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: 20 }),
              waitingMs: Type.Optional(
                Type.Integer({ minimum: 0, description: 'Only those whose step has waited longer than this.' }),
              ),
            },
            { additionalProperties: false },
          ),
          response: { 200: Type.Object({ items: Type.Array(Saga), nextCursor: NoCursor }) },
        },
      },
      async ({ query: { limit, waitingMs } }) => {
        const runs = await Promise.all(
          Object.entries(sagas).map(async ([service, { inFlight }]) =>
            (await inFlight(limit, waitingMs)).map(
              ({ saga, id, state, startedAt, step, driven, lastFailure, nextTryAt }) => ({
                ...{ service, saga, id, step, startedAt, driven },
                ...{ phase: state.phase, attempts: state.attempts, waitingSince: state.since },
                ...(lastFailure && { lastFailure }),
                ...(nextTryAt !== undefined && { nextTryAt }),
                ...(state.rejection && { rejection: { code: state.rejection.code, detail: state.rejection.detail } }),
              }),
            ),
          ),
        );
        const items = runs.flat().sort((a, b) => a.startedAt - b.startedAt);
        return { items: items.slice(0, limit), nextCursor: null };
      },
    );

    http.get(
      '/v1/admin/health',
      {
        schema: {
          summary: 'The health of every part',
          response: {
            200: Type.Object({
              ready: Type.Boolean(),
              phase: Type.String(),
              parts: Type.Array(
                Type.Object({ part: Type.String(), ok: Type.Boolean(), detail: Type.Optional(Type.Unknown()) }),
              ),
            }),
          },
        },
      },
      async () => {
        const { ready, phase, parts } = await readiness.read();
        return { ready, phase, parts: [...parts] };
      },
    );

    http.get(
      '/v1/admin/traces/:traceId',
      {
        schema: {
          summary: 'One of the traces of the last while',
          description: 'One request in a hundred is traced, unless its `traceparent` asks for it.',
          params: Type.Object({ traceId: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
          response: { 200: Type.Object({ traceId: Type.String(), spans: Type.Array(Span) }) },
        },
        config: { problems: ['not_found'] },
      },
      async ({ params: { traceId } }) => {
        const spans = traces.trace(traceId);
        if (spans === undefined) throw new Problem('not_found', 'This trace was not sampled, or is no longer kept.');
        return { traceId, spans: [...spans] };
      },
    );
  };
}

/** A view by its name, which may be qualified by its service. Throws `unknown_view`. */
function viewNamed(all: readonly ViewStatus[], wanted: string): ViewStatus {
  const named = all.filter(({ service, name }) => name === wanted || `${service}.${name}` === wanted);
  const [view] = named;
  if (view !== undefined && named.length === 1) return view;
  if (view === undefined) throw new Problem('unknown_view', 'There is no such view. GET /v1/admin/views lists them.');
  const names = named.map(({ service, name }) => `${service}.${name}`).join(', ');
  throw new Problem('unknown_view', `Several services have a view of this name: say which of ${names}.`);
}
