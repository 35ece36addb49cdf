import type { OrderStatus } from '../../../contracts/orders.ts';
import { UnavailableFault } from '../../../platform/event-store/port.ts';
import type { ReadOptions } from '../../../platform/views/port.ts';
import type { OrderSummary } from '../status.view.ts';

/** What orders are looked for by; times in ms, from one and below the other, of when they were placed. */
export interface OrderWishes {
  readonly status?: OrderStatus;
  readonly shopper?: string;
  readonly seller?: string;
  readonly from?: number;
  readonly below?: number;
  /** Words that begin an order's id, a SKU or a word of a title in it (`words.ts`); all of them. */
  readonly q?: string;
}

/** Where an order stands among all, newest first; of equals the greater id first. */
export type Place = readonly [placedAt: number, orderId: string];

export interface FoundOrder {
  readonly orderId: string;
  readonly summary: OrderSummary;
}

export interface FoundPart {
  /** Newest first, `limit` at most. */
  readonly orders: readonly FoundOrder[];
  /** Where to go on; undefined at the end. A part may hold fewer than `limit`, even none, and go on. */
  readonly next?: Place;
  /** True when what was found had not caught up with `after` in time, or comes from an index that has fallen behind. */
  readonly stale: boolean;
}

/** What only an index finds, which is away: orders by a seller or by words. */
export class IndexAway extends UnavailableFault {}

/**
 * Answers where orders stand, for lists: the read side of order status. An order itself is read from its own events, never here.
 * What is found may lag behind; with `after` (from a write's token) it waits a bounded time. Places are the same with every
 * adapter, so that one may go on where another ended. May throw an UnavailableFault; an IndexAway where other lists can still be had.
 */
export interface OrderFinder {
  find(
    wishes: OrderWishes,
    page: { readonly limit: number; readonly after?: Place },
    options?: ReadOptions,
  ): Promise<FoundPart>;
}
