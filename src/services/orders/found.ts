import { type Static, Type } from 'typebox';
import { Id } from '../../contracts/shapes.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type FoundPart, IndexAway, type OrderFinder, type OrderWishes, type Place } from './finding/port.ts';
import type { Page } from './lists.ts';
import { ListedOrder } from './shown.schema.ts';
import { listedOrder } from './shown.ts';

export const FoundOrders = Type.Object({
  items: Type.Array(Type.Object({ ...ListedOrder.properties, shopperId: Id })),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
  stale: Type.Boolean(),
});
export type FoundOrders = Static<typeof FoundOrders>;

/**
 * Orders that fit all wishes, newest first. A page may be short, even empty, and go on. Throws `invalid_cursor` and
 * `lists_unavailable`.
 */
export async function findOrders(
  finder: OrderFinder,
  wishes: OrderWishes,
  { limit, cursor }: Page,
): Promise<FoundOrders> {
  const list = `found ${JSON.stringify(wishes)}`;
  const after = decodeCursor(cursor, list) as Place | undefined;
  const { orders, next, stale } = await found(finder, wishes, after === undefined ? { limit } : { limit, after });
  return {
    items: orders.map((found) => ({ ...listedOrder(found), shopperId: found.summary.shopper_id })),
    nextCursor: next === undefined ? null : encodeCursor([...next], list),
    stale,
  };
}

async function found(
  finder: OrderFinder,
  wishes: OrderWishes,
  page: Parameters<OrderFinder['find']>[1],
): Promise<FoundPart> {
  try {
    return await finder.find(wishes, page);
  } catch (fault) {
    if (!(fault instanceof IndexAway)) throw fault;
    throw new Problem(
      'lists_unavailable',
      'Orders cannot be looked for by seller or words just now; by status, shopper, time and id they can. Asking again is safe.',
    );
  }
}
