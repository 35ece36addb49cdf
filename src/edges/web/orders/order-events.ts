import { Type } from 'typebox';
import { Id } from '../../../contracts/shapes.ts';
import type { HttpRoutes } from '../../../platform/http/port.ts';
import { Problem } from '../../../platform/http/problem.ts';
import { LanguageSchema } from '../../showing/language.ts';
import { streamOrder } from '../../showing/order-stream.ts';
import type { AnyPage } from '../page.ts';
import { askedBy } from '../page-routes.ts';
import type { WebParts } from '../parts.ts';
import type { OrderView } from './order.view.ts';

/** An order's page as it changes (`streamOrder`). */
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
        const { lang, orderId } = request.params;
        const asked = askedBy(request, lang);
        const read = async () => {
          const { order } = (await page.gather(asked as never)).view as OrderView;
          if (order === null) throw new Problem('unknown_order', 'This browser has no such order.');
          return order;
        };
        await streamOrder(request, reply, { orderId, read }, parts);
      },
    );
  };
}
