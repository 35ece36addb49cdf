import type { Reason } from '../../contracts/orders.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { Decision } from '../../kernel/rejection.ts';
import type { OrderEvent, Placement } from './order.ts';

/** Ids of shipments, cancellations and refunds come with the command: a repeated command carries the same one. */
export type OrderCommand = Place | Refuse | Confirm | Fail | Cancel | Ship | Deliver | RefundGoods;

export interface Place {
  readonly type: 'place';
  readonly placement: Placement;
}

/** Takes the place of an order that must never be placed. */
export interface Refuse {
  readonly type: 'refuse';
  readonly orderId: string;
  readonly cartId: string;
  readonly reason: Reason;
  readonly now: number;
}

/** The checkout has completed. */
export interface Confirm {
  readonly type: 'confirm';
  readonly now: number;
}

/** The checkout has failed, and has undone what it did. */
export interface Fail {
  readonly type: 'fail';
  readonly reason: Reason;
  readonly now: number;
}

/** What is not shipped yet of the order, or `lines` of it, stays. A shopper can no longer say so once a part is shipped. */
export interface Cancel {
  readonly type: 'cancel';
  readonly by: 'shopper' | 'admin';
  readonly cancellationId: string;
  readonly lines?: readonly SkuQuantity[];
  readonly reason: Reason;
  readonly now: number;
}

/** Hands over a parcel, or `lines` of it. */
export interface Ship {
  readonly type: 'ship';
  readonly shipmentId: string;
  readonly parcelId: string;
  readonly lines?: readonly SkuQuantity[];
  readonly now: number;
}

export interface Deliver {
  readonly type: 'deliver';
  readonly shipmentId: string;
  readonly now: number;
}

/** Pays back shipped goods. */
export interface RefundGoods {
  readonly type: 'refund';
  readonly refundId: string;
  readonly lines: readonly SkuQuantity[];
  readonly now: number;
}

export type Answer = Decision<OrderEvent, ProblemCode>;
