import type { OrderStatus } from '../../contracts/orders.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { StoredDocument } from '../../platform/storage/port.ts';
import type { ReadOptions, View } from '../../platform/views/port.ts';
import type { OrderList } from './shown.schema.ts';
import { listedOrder } from './shown.ts';
import type { OrderSummary } from './status.view.ts';

export interface Page {
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of the orders of a shopper or of a status (of all without either), newest first. Throws `invalid_cursor`. */
export async function listOrders(
  view: View,
  where: { readonly shopper_id?: string; readonly status?: OrderStatus },
  { limit, cursor }: Page,
  options?: ReadOptions,
): Promise<OrderList> {
  const list = `orders ${JSON.stringify(where)}`;
  const from = decodeCursor(cursor, list) as readonly [number, string] | undefined;
  const { value, stale } = await view.query(
    {
      where: { ...where },
      order: 'descending',
      limit: limit + 1,
      ...(from === undefined ? {} : { after: { value: from[0], key: from[1] } }),
    },
    options,
  );
  const page = value.slice(0, limit);
  const last = value.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(listedOrder),
    nextCursor: last === undefined ? null : encodeCursor([placedAt(last), last.key], list),
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
