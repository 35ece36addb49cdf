import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../../../../kernel/json.ts';
import { idOf } from '../../../../platform/event-store/aggregate.ts';
import { upcast } from '../../../../platform/event-store/upcast.ts';
import type { StoredEvent } from '../../../../platform/storage/port.ts';
import { orderAggregate } from '../../aggregate.ts';
import type { Placement } from '../../order.ts';
import { type OrderSummary, orderStatus } from '../../status.view.ts';
import { wordsOfOrder } from '../words.ts';

/** An order as of one of its events. */
export interface Projected {
  readonly orderId: string;
  /** Of that event, in its stream and in the log. */
  readonly version: number;
  readonly position: number;
  /** Undefined for an id that was refused before anything was placed. */
  readonly summary: OrderSummary | undefined;
  readonly words: readonly string[];
}

/** The events of a stream, upcast. */
export type ReadHistory = (orderId: string) => Promise<readonly StoredEvent[]>;

const ORDERS_HELD = 20_000;
const STREAM = 'order/';

/** Folds the log into orders as the status view does; of an order whose beginning it does not hold it reads the history. */
export function projection(readHistory: ReadHistory) {
  const held = new LRUCache<string, Projected>({ max: ORDERS_HELD });

  async function after(event: StoredEvent): Promise<Projected> {
    const orderId = idOf(event.stream);
    const before = held.get(orderId);
    if (before !== undefined && before.version >= event.version) return before;
    const follows = event.version === (before?.version ?? 0) + 1;
    const events = follows ? [upcast(orderAggregate.events, event)] : await readHistory(orderId);
    const from = follows && before !== undefined ? before : nothing(orderId);
    const projected = events.reduce(folded, from);
    held.set(orderId, projected);
    return projected;
  }

  return {
    /** The orders that the events touch, as of these events or later ones. Throws an UnreadableEvent. */
    async of(events: readonly StoredEvent[]): Promise<readonly Projected[]> {
      const touched = new Map<string, Projected>();
      for (const event of events) {
        if (!event.stream.startsWith(STREAM)) continue;
        const projected = await after(event);
        touched.set(projected.orderId, projected);
      }
      return [...touched.values()];
    },
  };
}

function nothing(orderId: string): Projected {
  return { orderId, version: 0, position: 0, summary: undefined, words: [] };
}

function folded({ orderId, summary, words }: Projected, event: StoredEvent): Projected {
  const { type, data, version, position, at, partition, metadata } = event;
  const heard = { source: 'orders', subject: orderId, type, data, version, position, at, partition, metadata };
  const isTold = orderStatus.types.includes(type);
  const next = isTold ? orderStatus.apply(summary as JsonObject | undefined, heard, orderId) : undefined;
  return {
    ...{ orderId, version, position },
    summary: (next as unknown as OrderSummary | undefined) ?? summary,
    words: type === 'OrderPlaced' ? wordsOfOrder(data as unknown as Placement) : words,
  };
}
