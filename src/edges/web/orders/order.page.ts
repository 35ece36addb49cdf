import { type Static, Type } from 'typebox';
import { orders } from '../../../contracts/orders.ts';
import { Id } from '../../../contracts/shapes.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { type Company, orderCompany } from '../../showing/company.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked, PageDefinition } from '../page.ts';
import type { WebParts } from '../parts.ts';
import { OrderView } from './order.view.ts';
import { presentOrder, type ReadOrder } from './present-order.ts';

const Params = Type.Object({ orderId: Id });
const Nothing = Type.Object({});
/** Whoever may not see an order is not told that there is one. */
const NOT_THEIRS = new Set(['unknown_order', 'forbidden']);

/** `/{lang}/orders/{orderId}`: an order from placed to delivered, for the browser whose session bought it. */
export function orderPage(parts: WebParts): PageDefinition<typeof Params, typeof Nothing, typeof OrderView> {
  const { sessions } = parts;
  const ask = parts.client(orders);
  type Of = Asked<Static<typeof Params>>;
  const company = orderCompany(parts);
  const gather = pipeline<Of, readonly ReadOrder[], Company, OrderView>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ request, params: { orderId } }) {
          const { shopperId } = sessions.of(request);
          if (shopperId === undefined) return [];
          const outcome = await ask.read({ orderId, shopperId });
          return outcome.kind === 'rejected' && NOT_THEIRS.has(outcome.rejection.code) ? [] : [answerOf(outcome)];
        },
      },
      enrich: company,
      present: ([found], parties, { language }) => ({
        order: found === undefined ? null : presentOrder(found, parties, language),
      }),
      tags: () => [],
    },
    parts,
  );
  return {
    ...{ name: 'order', path: '/orders/:orderId', summary: 'An order of this browser’s', personal: true },
    ...{ params: Params, query: Nothing, view: OrderView, gather },
  };
}
