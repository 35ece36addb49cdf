import { Type } from 'typebox';
import type { HttpRoutes } from '../../platform/http/port.ts';

/** What an operator does with an index of orders outside of the service. */
export function indexRoutes({ rebuild }: { rebuild(): Promise<void> }): HttpRoutes {
  return (http) => {
    http.post(
      '/v1/admin/orders/index/rebuild',
      {
        schema: {
          summary: 'Make the index of orders anew from the first event on while the old one serves',
          response: { 202: Type.Object({ rebuilding: Type.Literal(true) }) },
        },
      },
      async (_request, reply) => {
        // It may take long; the lag in the metrics and the log say how it goes.
        void rebuild();
        return reply.code(202).send({ rebuilding: true as const });
      },
    );
  };
}
