import type { SkuQuantity } from '../../contracts/shapes.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { Decided } from '../../platform/event-store/port.ts';
import type { Idempotency } from '../../platform/http/idempotency.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { orderAggregate } from './aggregate.ts';
import type { OrderCommand } from './commands.ts';
import { idForOrder } from './fulfilment-ids.ts';

/** Who asks, and what makes a repeated request the same request. */
export interface Asked {
  readonly actor: string;
  readonly traceparent?: string | undefined;
  /** An operator's own words, kept with the events. */
  readonly reason?: string | undefined;
  /** From a caller that repeats itself with a key but keeps no answer here (another service). */
  readonly key?: string | undefined;
  /** From the public API: kept with the effects. */
  readonly idempotency?: Idempotency | undefined;
}

/** What sellers and the shop's people do with orders. Asked again with the same key, each is done once. */
export function fulfilment(kit: ServiceKit) {
  const { store, clock } = kit;

  async function decide(orderId: string, command: OrderCommand, asked: Asked): Promise<Decided> {
    const { actor, reason, traceparent, idempotency } = asked;
    return store.decide({
      intents: [intent(orderAggregate, orderId, command)],
      metadata: {
        actor,
        ...(reason === undefined ? {} : { reason }),
        ...(traceparent === undefined ? {} : { traceparent }),
      },
      ...(idempotency === undefined ? {} : { idempotency: { ...idempotency, answer: { orderId } } }),
    });
  }

  const idFor = (kind: string, orderId: string, { idempotency, key }: Asked) =>
    idForOrder(kind, orderId, idempotency?.key ?? key, kit);

  return {
    async ship(
      orderId: string,
      parcelId: string,
      lines: readonly SkuQuantity[] | undefined,
      asked: Asked,
    ): Promise<Outcome<{ readonly shipmentId: string }>> {
      const shipmentId = idFor('shm', orderId, asked);
      const part = lines === undefined ? {} : { lines };
      const command = { type: 'ship', shipmentId, parcelId, ...part, now: clock.now() } as const;
      const decided = await decide(orderId, command, asked);
      return decided.ok ? done({ shipmentId }) : rejected(decided.rejection);
    },

    /** Pays back shipped goods; answers a refund for each parcel they were shipped in. */
    async refund(
      orderId: string,
      lines: readonly SkuQuantity[],
      asked: Asked,
    ): Promise<Outcome<readonly StoredEvent[]>> {
      const refundId = idFor('rfd', orderId, asked);
      const decided = await decide(orderId, { type: 'refund', refundId, lines, now: clock.now() }, asked);
      if (!decided.ok) return rejected(decided.rejection);
      if (decided.events.length > 0) return done(decided.events);
      const history = await store.history(orderAggregate, orderId);
      return done(history.filter((event) => String(event.data.refundId).startsWith(`${refundId}.`)));
    },

    /** Cancels the order, or `lines` of it. Before it is confirmed this is a wish that its checkout's end will see. */
    async cancel(
      orderId: string,
      by: 'shopper' | 'admin',
      lines: readonly SkuQuantity[] | undefined,
      asked: Asked,
    ): Promise<Outcome<{ readonly orderId: string }>> {
      const detail = by === 'shopper' ? 'The shopper cancelled the order.' : 'The shop cancelled the order.';
      const command: OrderCommand = {
        type: 'cancel',
        by,
        cancellationId: idFor('cxl', orderId, asked),
        ...(lines === undefined ? {} : { lines }),
        reason: { code: 'order_cancelled', detail, extra: { by } },
        now: clock.now(),
      };
      const decided = await decide(orderId, command, asked);
      return decided.ok ? done({ orderId }) : rejected(decided.rejection);
    },
  };
}
