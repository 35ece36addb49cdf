import { Type } from 'typebox';
import type { Metrics } from '../telemetry/port.ts';
import type { HttpRoutes } from './port.ts';
import type { Readiness } from './readiness.ts';

const Part = Type.Object({ part: Type.String(), ok: Type.Boolean(), why: Type.Optional(Type.String()) });
const Ready = Type.Object({
  ready: Type.Boolean(),
  phase: Type.Union([Type.Literal('starting'), Type.Literal('ready'), Type.Literal('draining')]),
  parts: Type.Array(Part),
});

/** What a supervisor, a load balancer and Prometheus ask. */
export function operationsRoutes(readiness: Readiness, metrics: Metrics): HttpRoutes {
  return (http) => {
    http.get(
      '/healthz',
      {
        schema: {
          tags: ['operations'],
          summary: 'Whether the process is alive',
          response: { 200: Type.Object({ alive: Type.Literal(true) }) },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return { alive: true } as const;
      },
    );

    http.get(
      '/readyz',
      {
        schema: {
          tags: ['operations'],
          summary: 'Whether the process should be sent requests',
          description: '503 while it starts, drains, or a part is not well.',
          response: { 200: Ready, 503: Ready },
        },
      },
      async (_request, reply) => {
        const report = await readiness.read();
        return reply
          .code(report.ready ? 200 : 503)
          .header('cache-control', 'no-store')
          .send(report as never);
      },
    );

    http.get(
      '/metrics',
      {
        schema: {
          tags: ['operations'],
          summary: 'Metrics in the Prometheus text format',
          produces: ['text/plain'],
          response: { 200: Type.String() },
        },
      },
      async (_request, reply) => reply.header('content-type', metrics.contentType).send(await metrics.text()),
    );
  };
}
