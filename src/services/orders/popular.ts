import type { ServiceKit } from '../../platform/service/port.ts';
import { orderAggregate } from './aggregate.ts';
import { orderStatus } from './status.view.ts';

/** What shoppers buy these days. */
export interface Popular {
  /** The products in the most of the newest orders, those in the most first; of equals, the one ordered last. */
  products(limit: number): Promise<readonly PopularProduct[]>;
  close(): void;
}

export interface PopularProduct {
  readonly productId: string;
  /** In how many of the newest orders it is; pieces do not count, for one buyer of a hundred is one buyer. */
  readonly orders: number;
}

/** How many orders are looked at; cancelled ones among them do not count. */
const NEWEST_ORDERS = 100;
const RESTS_MS = 60_000;

/**
 * Counts in the newest orders when asked, so that selling costs nothing for it. What was counted is kept for a minute at least,
 * until orders have changed; keepers of copies are told so by the tag `popular`.
 */
export function popularProducts({
  store,
  view,
  clock,
  invalidations,
}: Pick<ServiceKit, 'store' | 'view' | 'clock' | 'invalidations'>): Popular {
  let counted: Promise<readonly PopularProduct[]> | undefined;
  let countedAt = Number.NEGATIVE_INFINITY;
  let cancelTelling: (() => void) | undefined;

  const stopListening = store.onCommitted(() => {
    if (counted === undefined || cancelTelling !== undefined) return;
    cancelTelling = clock.after(Math.max(0, countedAt + RESTS_MS - clock.now()), () => {
      cancelTelling = undefined;
      counted = undefined;
      invalidations.publish(['popular']);
    });
  });

  async function count(): Promise<readonly PopularProduct[]> {
    const { value } = await view(orderStatus.name).query({ where: {}, order: 'descending', limit: NEWEST_ORDERS });
    const states = await Promise.all(value.map(({ key }) => store.load(orderAggregate, key)));
    const orders = new Map<string, number>();
    for (const { state } of states) {
      if (state.phase !== 'placed' && state.phase !== 'confirmed') continue;
      const lines = state.placement.parcels.flatMap((parcel) => parcel.lines);
      for (const productId of new Set(lines.map((line) => line.productId)))
        orders.set(productId, (orders.get(productId) ?? 0) + 1);
    }
    return Array.from(orders, ([productId, times]) => ({ productId, orders: times })).sort(
      (a, b) => b.orders - a.orders,
    );
  }

  return {
    async products(limit) {
      if (counted === undefined) {
        const counting = count();
        counted = counting;
        countedAt = clock.now();
        counting.catch(() => {
          if (counted === counting) counted = undefined;
        });
      }
      return (await counted).slice(0, limit);
    },
    close() {
      stopListening();
      cancelTelling?.();
    },
  };
}
