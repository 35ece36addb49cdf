import type { StoredDocument } from '../../../platform/storage/port.ts';
import type { View } from '../../../platform/views/port.ts';
import type { Placement } from '../order.ts';
import type { OrderSummary } from '../status.view.ts';
import type { FoundOrder, OrderFinder, OrderWishes, Place } from './port.ts';
import { holdsAll, wordsAsked, wordsOfOrder } from './words.ts';

const READ_AT_ONCE = 500;
/** So many orders are looked through for one page: what has no index (a seller, several wishes at once) must not read them all. */
export const LOOKED_THROUGH = 5_000;
/** And so many, where each order itself must be read for its words. */
const WHOLE_LOOKED_THROUGH = 500;

/** Finds in the service's own view; `placementOf` reads what was agreed of an order, for its words. */
export function embeddedFinder(
  view: View,
  placementOf: (orderId: string) => Promise<Pick<Placement, 'orderId' | 'parcels'> | undefined>,
): OrderFinder {
  async function fitting(documents: readonly StoredDocument[], wishes: OrderWishes): Promise<FoundOrder[]> {
    const found = documents.map(foundIn).filter(({ summary }) => fits(summary, wishes));
    if (wishes.q === undefined) return found;
    const asked = wordsAsked(wishes.q);
    const placements = await Promise.all(found.map(({ orderId }) => placementOf(orderId)));
    return found.filter((_, at) => {
      const placement = placements[at];
      return placement !== undefined && holdsAll(wordsOfOrder(placement), asked);
    });
  }

  return {
    async find(wishes, { limit, after }, options) {
      const most = wishes.q === undefined ? LOOKED_THROUGH : WHOLE_LOOKED_THROUGH;
      const found: FoundOrder[] = [];
      let stale = false;
      let place = after;
      for (let looked = 0; looked < most; ) {
        const wanted = Math.min(needsLooking(wishes) ? READ_AT_ONCE : limit + 1, most - looked);
        const page = await view.query(queryFor(wishes, place, wanted), looked === 0 ? options : undefined);
        stale ||= page.stale;
        looked += page.value.length;
        found.push(...(await fitting(page.value, wishes)));
        const last = found.length > limit ? found[limit - 1] : undefined;
        if (last !== undefined) return { orders: found.slice(0, limit), next: placeOf(last), stale };
        const end = page.value.at(-1);
        if (end === undefined || page.value.length < wanted) return { orders: found, stale };
        place = placeOf(foundIn(end));
      }
      return { orders: found, ...(place === undefined ? {} : { next: place }), stale };
    },
  };
}

/** Whether the view's indexes do all of it: no order is looked at in vain. */
export function isIndexed({ status, shopper, seller, q }: OrderWishes): boolean {
  return seller === undefined && q === undefined && (status === undefined || shopper === undefined);
}

const needsLooking = (wishes: OrderWishes) => !isIndexed(wishes);

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

function foundIn({ key, body }: StoredDocument): FoundOrder {
  return { orderId: key, summary: body as unknown as OrderSummary };
}

/** Where an order stands in a list. */
export function placeOf({ orderId, summary }: FoundOrder): Place {
  return [summary.placed_at, orderId];
}
