import { type Static, Type } from 'typebox';
import type { OrderStatus } from '../../contracts/orders.ts';
import { Id } from '../../contracts/shapes.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import type { StoredDocument } from '../../platform/storage/port.ts';
import type { View } from '../../platform/views/port.ts';
import type { Page } from './lists.ts';
import { ListedOrder } from './shown.schema.ts';
import { listedOrder } from './shown.ts';
import type { OrderSummary } from './status.view.ts';

export const FoundOrders = Type.Object({
  items: Type.Array(Type.Object({ ...ListedOrder.properties, shopperId: Id })),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
  stale: Type.Boolean(),
});
export type FoundOrders = Static<typeof FoundOrders>;

/** What orders are looked for by; times in ms, from one and below the other, of when they were placed. */
export interface OrderWishes {
  readonly status?: OrderStatus;
  readonly shopper?: string;
  readonly seller?: string;
  readonly from?: number;
  readonly below?: number;
}

type Place = readonly [placedAt: number, orderId: string];

const READ_AT_ONCE = 500;
/** So many orders are looked through for one page: what has no index (a seller, several wishes at once) must not read them all. */
export const LOOKED_THROUGH = 5_000;

/**
 * Orders that fit all wishes, newest first. A page may be short, even empty, and go on. Throws `invalid_cursor`.
 */
export async function findOrders(view: View, wishes: OrderWishes, { limit, cursor }: Page): Promise<FoundOrders> {
  const list = `found ${JSON.stringify(wishes)}`;
  let after = decodeCursor(cursor, list) as Place | undefined;
  const found: StoredDocument[] = [];
  let stale = false;
  for (let looked = 0; looked < LOOKED_THROUGH && found.length <= limit; ) {
    const wanted = Math.min(needsLooking(wishes) ? READ_AT_ONCE : limit + 1, LOOKED_THROUGH - looked);
    const page = await view.query(queryFor(wishes, after, wanted));
    stale ||= page.stale;
    looked += page.value.length;
    found.push(...page.value.filter(({ body }) => fits(body as unknown as OrderSummary, wishes)));
    after = placeOf(page.value.at(-1));
    if (page.value.length < wanted) {
      after = undefined;
      break;
    }
  }
  const items = found.slice(0, limit);
  const next = found.length > limit ? placeOf(items.at(-1)) : after;
  return {
    items: items.map((document) => ({
      ...listedOrder(document),
      shopperId: (document.body as unknown as OrderSummary).shopper_id,
    })),
    nextCursor: next === undefined ? null : encodeCursor([...next], list),
    stale,
  };
}

/** Whether the index does not do all of it. */
function needsLooking({ status, shopper, seller }: OrderWishes): boolean {
  return seller !== undefined || (status !== undefined && shopper !== undefined);
}

function queryFor({ status, shopper, from, below }: OrderWishes, after: Place | undefined, limit: number) {
  const where: Record<string, string> =
    shopper !== undefined ? { shopper_id: shopper } : status === undefined ? {} : { status };
  const bounds = { ...(from === undefined ? {} : { from }), ...(below === undefined ? {} : { below }) };
  return {
    where,
    range: { field: 'placed_at', ...bounds },
    order: 'descending' as const,
    limit,
    ...(after === undefined ? {} : { after: { value: after[0], key: after[1] } }),
  };
}

function fits(order: OrderSummary, { status, seller }: OrderWishes): boolean {
  if (status !== undefined && order.status !== status) return false;
  return seller === undefined || order.parcels.some(({ sellerId }) => sellerId === seller);
}

function placeOf(document: StoredDocument | undefined): Place | undefined {
  return document && [(document.body as unknown as OrderSummary).placed_at, document.key];
}
