import type { orders } from '../../contracts/orders.ts';
import type { Address } from '../../contracts/shapes.ts';
import type { Handlers } from '../../kernel/contract.ts';
import { done, rejected } from '../../kernel/outcome.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { orderAggregate } from './aggregate.ts';
import type { OrderFinder } from './finding/port.ts';
import { listOrders } from './lists.ts';
import { isKnown, shownOrder, timeline } from './shown.ts';
import type { Tokens } from './tokens.ts';

/** A shopper's own orders, for callers that speak for them. */
export function readingOf(
  { store, keyring }: Pick<ServiceKit, 'store' | 'keyring'>,
  finder: OrderFinder,
  tokens: Tokens,
): Pick<Handlers<typeof orders>, 'read' | 'history'> {
  return {
    async read({ orderId, shopperId }) {
      const [{ state, version }, events] = await Promise.all([
        store.load(orderAggregate, orderId),
        store.history(orderAggregate, orderId),
      ]);
      if (!isKnown(state)) return rejected({ code: 'unknown_order', detail: 'There is no such order.' });
      if (state.placement.shopperId !== shopperId)
        return rejected({ code: 'forbidden', detail: 'This order belongs to somebody else.' });
      const opened = await keyring.open(state.placement.contact);
      return done({
        order: shownOrder(state, opened, version),
        contact:
          opened === undefined
            ? null
            : { email: String(opened.email), shippingAddress: opened.shippingAddress as unknown as Address },
        timeline: events.map(timeline()),
      });
    },

    async history({ shopperId, after, ...page }) {
      try {
        const reached = tokens.positionsIn(after);
        const options = reached === undefined ? {} : { after: reached };
        return done(await listOrders(finder, shopperId, page, options));
      } catch (error) {
        if (error instanceof Problem) return rejected({ code: error.code, detail: error.detail });
        throw error;
      }
    },
  };
}
