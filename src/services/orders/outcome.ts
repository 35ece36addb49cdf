import type { Standing } from '../../contracts/orders.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import type { Clock } from '../../platform/clock/port.ts';
import { idOf } from '../../platform/event-store/aggregate.ts';
import type { EventStore } from '../../platform/event-store/port.ts';
import type { Positions } from '../../platform/storage/port.ts';
import { orderAggregate } from './aggregate.ts';
import { type Order, statusOf } from './order.ts';

/** Waits for the ends of checkouts, without asking again and again. */
export interface Outcomes {
  /** Where the order stands; when it waits for its checkout, as it stands at its end or after `waitMs`. Undefined: never heard of. */
  of(orderId: string, waitMs: number): Promise<Standing | undefined>;
  close(): void;
}

const ENDS = new Set(['OrderConfirmed', 'OrderCancelled']);

/** Outcomes told by this process's own commits: the owner of an order's stream is where its checkout ends. */
export function outcomes(store: EventStore, clock: Clock, token: (positions: Positions) => string): Outcomes {
  const waiting = new Map<string, Set<(heads?: Positions) => void>>();

  const stopListening = store.onCommitted((events, heads) => {
    if (waiting.size === 0) return;
    for (const { type, stream } of events) {
      if (ENDS.has(type)) for (const wake of [...(waiting.get(idOf(stream)) ?? [])]) wake(heads);
    }
  });

  /** Resolves with the places that the end reached in the log, with none when there was no end in time. */
  function endOf(orderId: string, waitMs: number) {
    const { promise, resolve } = Promise.withResolvers<Positions | undefined>();
    const wakers = waiting.get(orderId) ?? new Set();
    waiting.set(orderId, wakers.add(resolve));
    const cancelTimer = clock.after(waitMs, () => resolve(undefined));
    const forget = () => {
      cancelTimer();
      wakers.delete(resolve);
      if (wakers.size === 0) waiting.delete(orderId);
      resolve(undefined);
    };
    return { ended: promise, forget };
  }

  const standing = async (orderId: string) => standingOf(orderId, (await store.load(orderAggregate, orderId)).state);

  return {
    async of(orderId, waitMs) {
      if (waitMs === 0) return standing(orderId);
      const end = endOf(orderId, waitMs);
      try {
        const before = await standing(orderId);
        if (before?.status !== 'placed') return before;
        const heads = await end.ended;
        const after = await standing(orderId);
        return after === undefined || heads === undefined ? after : { ...after, token: token(heads) };
      } finally {
        end.forget();
      }
    },
    close() {
      stopListening();
      for (const wakers of waiting.values()) for (const wake of wakers) wake();
    },
  };
}

/** An order as its callers hear of it; a refused one counts as cancelled before it was placed. */
export function standingOf(orderId: string, order: Order): Standing | undefined {
  if (order.phase === 'unknown') return undefined;
  if (order.phase === 'refused' || order.phase === 'cancelled') {
    return { orderId, status: 'cancelled', reason: order.reason };
  }
  return { orderId, status: statusOf(order) ?? 'placed' };
}

/** The reason that a rejection leaves behind in an event. */
export function reasonOf({ code, detail, extra }: Rejection) {
  return extra === undefined ? { code, detail } : { code, detail, extra };
}
