import type { KnownOrder } from './view.ts';

export interface Step {
  readonly name: 'placed' | 'confirmed' | 'shipped' | 'delivered' | 'cancelled';
  readonly at: number | null;
  readonly state: 'done' | 'current' | 'ahead' | 'cancelled';
}

type Told = Pick<KnownOrder, 'status' | 'placedAt' | 'confirmedAt' | 'shippedAt' | 'deliveredAt' | 'cancelledAt'>;

const RANK: Readonly<Record<KnownOrder['status'], number>> = {
  ...{ placed: 0, confirmed: 1, partially_shipped: 1, shipped: 2, delivered: 3, cancelled: 0 },
};

/** The steps of an order: four to go, or those that it went before it was cancelled. */
export function stepsOf(order: Told): readonly Step[] {
  const placed: Step = { name: 'placed', at: order.placedAt, state: 'done' };
  if (order.status === 'cancelled') {
    const cancelled: Step = { name: 'cancelled', at: order.cancelledAt, state: 'cancelled' };
    return order.confirmedAt === null
      ? [placed, cancelled]
      : [placed, { name: 'confirmed', at: order.confirmedAt, state: 'done' }, cancelled];
  }
  const times = [order.placedAt, order.confirmedAt, order.shippedAt, order.deliveredAt];
  const rank = RANK[order.status];
  return (['placed', 'confirmed', 'shipped', 'delivered'] as const).map((name, index) => ({
    name,
    at: index <= rank ? (times[index] ?? null) : null,
    state: index < rank ? 'done' : index === rank ? 'current' : 'ahead',
  }));
}
