import { orders } from '../../contracts/orders.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import type { Aggregate } from '../../platform/event-store/aggregate.ts';
import type { OrderCommand } from './commands.ts';
import { order } from './decide.ts';
import type { Order, OrderEvent } from './order.ts';

/** How orders are kept: streams `order/<orderId>`. */
export const orderAggregate: Aggregate<Order, OrderCommand, OrderEvent, ProblemCode> = {
  name: 'order',
  decider: order,
  events: { ...orders.events, CancellationRequested: { version: 1 } },
};
