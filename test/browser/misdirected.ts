import { cartWith, checkout, eventually } from '../scenarios/api.ts';
import type { House } from './house.ts';
import { admin } from './shopper.ts';

/** What stands on the parcel's label in place of its order. */
export const WRONG_ORDER = 'ord_somebody-elses';

/** A paid order whose parcel is delivered in the name of another: the news is in the hospital when this answers. */
export async function orderWithMisdirectedParcel(house: House) {
  const cart = await cartWith(house, { 'CLB-SMALL': 1 });
  const { body } = await checkout(house, cart);
  const { orderId } = body as { orderId: string };
  const { parcels } = (await admin(house, `/v1/admin/orders/${orderId}`)) as { parcels: { parcelId: string }[] };
  const parcelId = parcels[0]?.parcelId ?? '';
  const shipmentId = await house.shop.misdirect({ orderId, parcelId, wrongOrderId: WRONG_ORDER });
  await eventually(
    () => admin(house, `/v1/admin/hospital?service=orders&status=open&subject=${shipmentId}`),
    (found) => (found as { items: unknown[] }).items.length === 1,
  );
  return { orderId, shipmentId };
}
