import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { StoredDocument } from '../../platform/storage/port.ts';
import type { ReadOptions, View } from '../../platform/views/port.ts';
import type { OrderFinder, Place } from './finding/port.ts';
import type { OrderList } from './shown.schema.ts';
import { listedOrder } from './shown.ts';
import type { OrderSummary } from './status.view.ts';

export interface Page {
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of a shopper's orders, newest first. Throws `invalid_cursor`. */
export async function listOrders(
  finder: OrderFinder,
  shopperId: string,
  { limit, cursor }: Page,
  options?: ReadOptions,
): Promise<OrderList> {
  const list = `orders ${JSON.stringify({ shopper_id: shopperId })}`;
  const after = decodeCursor(cursor, list) as Place | undefined;
  const page = after === undefined ? { limit } : { limit, after };
  const { orders, next, stale } = await finder.find({ shopper: shopperId }, page, options);
  return {
    items: orders.map(listedOrder),
    nextCursor: next === undefined ? null : encodeCursor([...next], list),
    stale,
  };
}

/** The oldest orders that wait for their sellers, and which of their parcels do. */
export async function ordersToShip(view: View, limit: number) {
  const pages = await Promise.all(
    (['confirmed', 'partially_shipped'] as const).map((status) =>
      view.query({ where: { status }, order: 'ascending', limit }),
    ),
  );
  const documents = pages.flatMap((page) => page.value).sort((a, b) => placedAt(a) - placedAt(b));
  return documents.slice(0, limit).map(({ key, body }) => {
    const { parcels, placed_at, confirmed_at } = body as unknown as OrderSummary;
    const waiting = parcels.filter(({ pieces, shipped, cancelled }) => shipped + cancelled < pieces);
    return {
      orderId: key,
      parcelIds: waiting.map((parcel) => parcel.parcelId),
      confirmedAt: confirmed_at ?? placed_at,
    };
  });
}

function placedAt(document: StoredDocument): number {
  return (document.body as unknown as OrderSummary).placed_at;
}
