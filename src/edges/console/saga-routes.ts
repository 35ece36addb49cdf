import { type Static, Type } from 'typebox';
import { LIMITS, TimeMs } from '../../contracts/shapes.ts';
import type { HttpRoutes } from '../../platform/http/port.ts';

export const Run = Type.Object({
  service: Type.String(),
  saga: Type.String(),
  id: Type.String(),
  orderId: Type.Optional(Type.String({ description: 'The order that it is about.' })),
  phase: Type.Union([Type.Literal('forward'), Type.Literal('compensating')]),
  steps: Type.Array(Type.String(), { description: 'All steps of its saga, in order.' }),
  step: Type.String({ description: 'What is asked, or undone.' }),
  waitsFor: Type.Optional(Type.String({ description: 'The call whose answer it waits for, `inventory.reserve`.' })),
  attempts: Type.Integer({ description: 'How often that was asked without an answer.' }),
  startedAt: TimeMs,
  waitingSince: TimeMs,
  driven: Type.Boolean({ description: 'Whether this process drives it; its figures are as last recorded otherwise.' }),
  lastFailure: Type.Optional(Type.Object({ reason: Type.String(), at: TimeMs })),
  nextTryAt: Type.Optional(TimeMs),
  rejection: Type.Optional(Type.Object({ code: Type.String(), detail: Type.String() })),
});
export type Run = Static<typeof Run>;

export interface SagaParts {
  /** The sagas that there are, with whose they are. */
  readonly sagas: () => Promise<readonly { service: string; saga: string; steps: string[] }[]>;
  /** Runs in flight, at most `limit` a service, those that wait longest first. */
  readonly runs: (limit: number, waitingMs?: number) => Promise<readonly Run[]>;
}

const SagaQuery = Type.Object(
  {
    saga: Type.Optional(Type.String({ maxLength: 200, description: '`<service>.<saga>`' })),
    phase: Type.Optional(Type.Union([Type.Literal('forward'), Type.Literal('compensating')])),
    waitingMs: Type.Optional(Type.Integer({ minimum: 0, description: 'Only those that wait longer than this.' })),
    limit: Type.Integer({ minimum: 1, maximum: LIMITS.pageSize, default: LIMITS.pageSize }),
  },
  { additionalProperties: false },
);

/** As many are looked at for a page; what is beyond waits less long. */
const LOOKED_AT = 1_000;

/** Business transactions in flight: how far each has come, and what it waits for. */
export function sagaRoutes({ sagas, runs }: SagaParts): HttpRoutes {
  return (http) => {
    http.get(
      '/console/api/sagas',
      {
        schema: {
          summary: 'Business transactions in flight, those that wait longest first',
          querystring: SagaQuery,
          response: {
            200: Type.Object({
              items: Type.Array(Run),
              total: Type.Integer({ description: 'How many there are; items are the first of them.' }),
              kinds: Type.Array(
                Type.Object({ service: Type.String(), saga: Type.String(), steps: Type.Array(Type.String()) }),
              ),
            }),
          },
        },
      },
      async ({ query: { saga, phase, waitingMs, limit } }, reply) => {
        reply.header('cache-control', 'no-store');
        const found = (await runs(LOOKED_AT, waitingMs))
          .filter((run) => saga === undefined || `${run.service}.${run.saga}` === saga)
          .filter((run) => phase === undefined || run.phase === phase)
          .sort((a, b) => a.waitingSince - b.waitingSince);
        return { items: found.slice(0, limit), total: found.length, kinds: [...(await sagas())] };
      },
    );
  };
}
