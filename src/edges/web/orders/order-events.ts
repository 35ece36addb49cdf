import { Type } from 'typebox';
import { Id } from '../../../contracts/shapes.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { lastEventId, openEventStream } from '../../../platform/http/sse.ts';
import { follow } from '../../showing/follow.ts';
import { LanguageSchema } from '../../showing/language.ts';
import type { AnyPage } from '../page.ts';
import { askedBy } from '../page-routes.ts';
import type { WebParts } from '../parts.ts';
import type { OrderView } from './order.view.ts';

/**
 * An order's page as it changes: server-sent events `order`, each the whole view, its version as the id. Who resumes by
 * `Last-Event-ID` is sent the newest only if it is news.
 */
export function orderEvents(parts: WebParts, page: AnyPage): HttpRoutes {
  return (http) => {
    http.get(
      '/web/v1/:lang/orders/:orderId/events',
      {
        schema: {
          tags: ['order'],
          summary: 'An order of this browser’s as it changes (server-sent events)',
          params: Type.Object({ lang: LanguageSchema, orderId: Id }),
        },
        config: { problems: ['unknown_order'] },
      },
      async (request, reply) => {
        const asked = askedBy(request, request.params.lang);
        const gather = async () => ((await page.gather(asked as never)).view as OrderView).order;
        const first = await gather();
        if (first === null) throw new Problem('unknown_order', 'This browser has no such order.');
        const stream = openEventStream(request, reply);
        let told = Number(lastEventId(request) ?? 0);
        const tell = (order: typeof first) => {
          if (order.version <= told) return;
          told = order.version;
          stream.send({ id: String(order.version), event: 'order', data: order });
        };

        const stop = follow(
          {
            tag: `order:${request.params.orderId}`,
            read: gather,
            tell: (order) => {
              if (order !== null) tell(order);
            },
          },
          parts,
        );
        stream.onClose(stop);
        tell(first);
      },
    );
  };
}
