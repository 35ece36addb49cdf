import type { OrderStatus, Reason } from '../../contracts/orders.ts';
import type { SkuQuantity } from '../../contracts/shapes.ts';
import type { HeardEvent } from '../../kernel/heard-event.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { ViewDefinition } from '../../kernel/view.ts';
import type { OrderEvent } from './order.ts';
import { pieces } from './part.ts';

/** Where an order stands, for the lists: a shopper's history, the orders of a status. Pieces count single goods. */
export type OrderSummary = {
  readonly shopper_id: string;
  readonly status: OrderStatus;
  readonly placed_at: number;
  readonly confirmed_at?: number;
  readonly currency: string;
  readonly total: number;
  readonly reason?: Reason;
  readonly parcels: readonly ParcelSummary[];
};

export type ParcelSummary = {
  readonly parcelId: string;
  readonly sellerId: string;
  readonly pieces: number;
  readonly shipped: number;
  readonly delivered: number;
  readonly cancelled: number;
};

export const orderStatus: ViewDefinition = {
  name: 'order-status',
  version: 1,
  collection: {
    name: 'order_status',
    fields: { shopper_id: 'text', status: 'text', placed_at: 'integer' },
    indexes: [['shopper_id', 'placed_at'], ['status', 'placed_at'], ['placed_at']],
  },
  types: ['OrderPlaced', 'OrderConfirmed', 'OrderCancelled', 'LinesCancelled', 'ParcelShipped', 'ParcelDelivered'],
  perStream: true,
  keysOf: (event) => [event.subject],
  apply: (document, event) => summaryAfter(document as OrderSummary | undefined, event) as JsonObject | undefined,
};

function summaryAfter(summary: OrderSummary | undefined, heard: HeardEvent): OrderSummary | undefined {
  const event = { type: heard.type, data: heard.data } as unknown as OrderEvent;
  if (event.type === 'OrderPlaced') return placed(event.data);
  if (summary === undefined) return undefined;
  switch (event.type) {
    case 'OrderConfirmed':
      return { ...summary, status: 'confirmed', confirmed_at: event.data.confirmedAt };
    case 'OrderCancelled':
      return { ...summary, status: 'cancelled', reason: event.data.reason };
    case 'LinesCancelled':
      return counting(summary, event.data, 'cancelled');
    case 'ParcelShipped':
      return counting(summary, event.data, 'shipped');
    case 'ParcelDelivered':
      return counting(summary, event.data, 'delivered');
    default:
      return undefined;
  }
}

function placed(order: Extract<OrderEvent, { readonly type: 'OrderPlaced' }>['data']): OrderSummary {
  const parcels = order.parcels.map(({ parcelId, sellerId, lines }) => ({
    parcelId,
    sellerId,
    pieces: pieces(lines),
    shipped: 0,
    delivered: 0,
    cancelled: 0,
  }));
  return {
    shopper_id: order.shopperId,
    status: 'placed',
    placed_at: order.placedAt,
    currency: order.currency,
    total: order.totals.total,
    parcels,
  };
}

function counting(
  summary: OrderSummary,
  part: { readonly parcelId: string; readonly lines: readonly SkuQuantity[] },
  field: 'shipped' | 'delivered' | 'cancelled',
): OrderSummary {
  const parcels = summary.parcels.map((parcel) =>
    parcel.parcelId === part.parcelId ? { ...parcel, [field]: parcel[field] + pieces(part.lines) } : parcel,
  );
  return { ...summary, parcels, status: statusOf(parcels) };
}

function statusOf(parcels: readonly ParcelSummary[]): OrderStatus {
  const total = (field: 'pieces' | 'shipped' | 'delivered' | 'cancelled') =>
    parcels.reduce((sum, parcel) => sum + parcel[field], 0);
  if (total('shipped') === 0) return 'confirmed';
  if (total('shipped') + total('cancelled') < total('pieces')) return 'partially_shipped';
  return total('delivered') === total('shipped') ? 'delivered' : 'shipped';
}
