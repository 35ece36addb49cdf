import { orders } from '../../../contracts/orders.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { type Company, orderCompany } from '../../showing/company.ts';
import { pipeline } from '../../showing/pipeline.ts';
import type { Asked } from '../asked.ts';
import type { MobileParts } from '../parts.ts';
import { shopperOf } from '../session.ts';
import { type OrderView, presentOrder, type ReadOrder } from './order.view.ts';

export type OfOrder = Asked<{ readonly orderId: string }>;
export const OF_ORDER = ['unauthorized', 'unknown_order', 'forbidden'];

/** Gathers an order for whoever shows its shopper's token. */
export function readOrder(parts: MobileParts) {
  const { dialect, client, capabilities } = parts;
  const ask = client(orders);
  return pipeline<OfOrder, readonly [ReadOrder], Company, { readonly order: OrderView }>(
    {
      find: {
        deadlineMs: 3_000,
        async load({ request, params: { orderId } }) {
          return [answerOf(await ask.read({ orderId, shopperId: shopperOf(request, capabilities) }))] as const;
        },
      },
      enrich: orderCompany(parts),
      present: ([found], company, asked) => ({ order: presentOrder(found, company, asked, dialect) }),
      tags: () => [],
    },
    parts,
  );
}
